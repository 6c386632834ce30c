-- Leaves a request where there is room for it; one that waits already is left as it is.
-- KEYS: waiting, order, how many of each account. ARGV: id, request, when, account, how many at most, how many of an
-- account at most.
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then
  return 'taken'
end
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[5]) then
  return 'full'
end
if tonumber(redis.call('HGET', KEYS[3], ARGV[4]) or '0') >= tonumber(ARGV[6]) then
  return 'account'
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
redis.call('HINCRBY', KEYS[3], ARGV[4], '1')
return 'taken'
