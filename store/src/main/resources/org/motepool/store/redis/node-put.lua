-- Sets a node's report and keeps the list of nodes short.
-- KEYS: report, nodes. ARGV: node id, report, now, the time before which nodes are forgotten, life of the report in
-- milliseconds, how many nodes at most.
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[4])
if not redis.call('ZSCORE', KEYS[2], ARGV[1]) and redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[6]) then
  return redis.error_reply('MOTE more than ' .. ARGV[6] .. ' stratum nodes report')
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[5])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
return redis.status_reply('OK')
