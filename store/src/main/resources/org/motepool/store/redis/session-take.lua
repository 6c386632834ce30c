-- Takes out the session of that id, else the only one of that trait; empty where there is none, or more than one.
-- KEYS: sessions by id, their ends, their traits. ARGV: end of those that are over, id or empty, trait (20 characters).
local function drop(id)
  local held = redis.call('HGET', KEYS[1], id)
  if held then
    redis.call('ZREM', KEYS[3], string.sub(held, 1, 20) .. id)
    redis.call('HDEL', KEYS[1], id)
    redis.call('ZREM', KEYS[2], id)
  end
  return held
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])) do
  drop(id)
end
local held = ARGV[2] ~= '' and drop(ARGV[2])
if not held then
  -- Ids are lower-case hex, which 'g' ends.
  local same = redis.call('ZRANGEBYLEX', KEYS[3], '[' .. ARGV[3], '(' .. ARGV[3] .. 'g', 'LIMIT', 0, 2)
  if #same == 1 then
    held = drop(string.sub(same[1], 21))
  end
end
return held and string.sub(held, 21) or ''
