-- Sets a ban if there is room for it; those that have ended make room.
-- KEYS: bans, their ends. ARGV: field, ban, its end in milliseconds or +inf, now, how many bans at most.
local ended = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[4])
for _, field in ipairs(ended) do
  redis.call('HDEL', KEYS[1], field)
  redis.call('ZREM', KEYS[2], field)
end
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[5]) then
  return 'full'
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
return 'put'
