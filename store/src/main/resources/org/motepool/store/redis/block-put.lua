-- Sets a block's view and moves it to its finder's list and to its state's set.
-- KEYS: views, finders, newest, list of the former finder, list of the finder, set of the state, all other sets.
-- ARGV: hash, view, found at, finder.
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[4])
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('ZADD', KEYS[5], ARGV[3], ARGV[1])
redis.call('SADD', KEYS[6], ARGV[1])
for i = 7, #KEYS do
  redis.call('SREM', KEYS[i], ARGV[1])
end
return redis.status_reply('OK')
