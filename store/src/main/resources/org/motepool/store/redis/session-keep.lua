-- Keeps what one closed session knew; those that are over, and the oldest beyond the bound, make room.
-- KEYS: sessions by id, their ends, their traits. ARGV: end of those that are over, how many at most, how long they are
-- kept in milliseconds, id, its end, its trait (20 characters), what it knew.
local function drop(id)
  local held = redis.call('HGET', KEYS[1], id)
  if held then
    redis.call('ZREM', KEYS[3], string.sub(held, 1, 20) .. id)
    redis.call('HDEL', KEYS[1], id)
    redis.call('ZREM', KEYS[2], id)
  end
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])) do
  drop(id)
end
drop(ARGV[4])
local over = redis.call('ZCARD', KEYS[2]) + 1 - tonumber(ARGV[2])
if over > 0 then
  for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, over - 1)) do
    drop(id)
  end
end
redis.call('HSET', KEYS[1], ARGV[4], ARGV[6] .. ARGV[7])
redis.call('ZADD', KEYS[2], ARGV[5], ARGV[4])
redis.call('ZADD', KEYS[3], 0, ARGV[6] .. ARGV[4])
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, ARGV[3])
end
return 'kept'
