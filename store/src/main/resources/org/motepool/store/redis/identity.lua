-- Creates the store's identity where there is none and returns what stands there.
-- KEYS: identity. ARGV: schema, network, shards.
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('HSET', KEYS[1], 'schema', ARGV[1], 'network', ARGV[2], 'shards', ARGV[3])
end
return redis.call('HMGET', KEYS[1], 'schema', 'network', 'shards')
