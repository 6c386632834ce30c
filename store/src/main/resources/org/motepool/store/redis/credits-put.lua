-- Sets one account's credits by block and keeps the newest.
-- KEYS: credits, newest. ARGV: rank of the last credit to remove, counted from the newest as -1; then triples of block
-- hash, time, credit.
for i = 2, #ARGV, 3 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 2])
  redis.call('ZADD', KEYS[2], ARGV[i + 1], ARGV[i])
end
local extra = redis.call('ZRANGE', KEYS[2], '0', ARGV[1])
for i = 1, #extra do
  redis.call('HDEL', KEYS[1], extra[i])
  redis.call('ZREM', KEYS[2], extra[i])
end
return redis.status_reply('OK')
