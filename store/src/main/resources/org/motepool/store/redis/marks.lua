-- Sets marks and counts the heartbeat up.
-- KEYS: offsets, heartbeat. ARGV: pairs of log/shard and offset.
for i = 2, #ARGV, 2 do
  if not string.match(ARGV[i], '^%d+$') then
    return redis.error_reply('MOTE mark of ' .. ARGV[i - 1] .. ' is not an offset')
  end
end
for i = 1, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
redis.call('INCR', KEYS[2])
return redis.status_reply('OK')
