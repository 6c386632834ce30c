-- Sets marks and counts the heartbeat up, unless a later accountant has begun.
-- KEYS: offsets, heartbeat, token of the lease. ARGV: the caller's token; pairs of log/shard and offset.
if tonumber(redis.call('GET', KEYS[3]) or '0') > tonumber(ARGV[1]) then
  return redis.error_reply('MOTE another accountant has taken over')
end
for i = 3, #ARGV, 2 do
  if not string.match(ARGV[i], '^%d+$') then
    return redis.error_reply('MOTE mark of ' .. ARGV[i - 1] .. ' is not an offset')
  end
end
for i = 2, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
redis.call('INCR', KEYS[2])
return redis.status_reply('OK')
