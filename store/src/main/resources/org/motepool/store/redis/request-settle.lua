-- Takes a request out of those that wait and keeps what became of it for a while.
-- KEYS: waiting, order, how many of each account, outcome. ARGV: id, account, outcome, its life in milliseconds.
if redis.call('HDEL', KEYS[1], ARGV[1]) == 1 then
  redis.call('ZREM', KEYS[2], ARGV[1])
  if redis.call('HINCRBY', KEYS[3], ARGV[2], '-1') <= 0 then
    redis.call('HDEL', KEYS[3], ARGV[2])
  end
end
redis.call('SET', KEYS[4], ARGV[3], 'PX', ARGV[4])
return redis.status_reply('OK')
