-- Sets reports of one account's workers, forgets old ones, and returns the fields for which there was no room.
-- KEYS: workers, when each was seen. ARGV: now, the time before which workers are forgotten, how many at most, life of
-- both keys in milliseconds; then pairs of field and report. Fields that begin with + need no room,
-- and an empty report takes its field away.
local old = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[2])
for i = 1, #old do
  redis.call('HDEL', KEYS[1], old[i])
  redis.call('ZREM', KEYS[2], old[i])
end
local room = tonumber(ARGV[3]) - redis.call('ZCARD', KEYS[2])
local over = {}
for i = 5, #ARGV, 2 do
  local known = redis.call('HEXISTS', KEYS[1], ARGV[i]) == 1 or string.sub(ARGV[i], 1, 1) == '+'
  if ARGV[i + 1] == '' then
    redis.call('HDEL', KEYS[1], ARGV[i])
    room = room + redis.call('ZREM', KEYS[2], ARGV[i])
  elseif known or room > 0 then
    if not known then
      room = room - 1
    end
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
    redis.call('ZADD', KEYS[2], ARGV[1], ARGV[i])
  else
    over[#over + 1] = ARGV[i]
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return over
