-- Adds one node's part of a minute to a subject's rings of slots; returns how many workers of its account have one.
-- KEYS: a ring for each resolution; for a worker, then the index of its account's workers.
-- ARGV: id of the entry, work, shares, worker's name, now; then for each ring: slot, slots kept, life in milliseconds or 0.
-- Numbers stay below 2^53: work of a slot, in units of 2^16 hashes. The layout stands in RedisHistory.
local work, shares = tonumber(ARGV[2]), tonumber(ARGV[3])
local rings = math.floor((#ARGV - 5) / 3)
for i = 1, rings do
  local key = KEYS[i]
  local slot, slots, life = tonumber(ARGV[3 + 3 * i]), tonumber(ARGV[4 + 3 * i]), ARGV[5 + 3 * i]
  local head = redis.call('GETRANGE', key, '0', '47')
  local base, newest, ids = slot, slot, string.rep('\0', 32)
  if #head == 48 then
    base, newest = struct.unpack('<dd', head)
    ids = string.sub(head, 17)
  end
  local known = false
  for j = 1, 32, 8 do
    known = known or string.sub(ids, j, j + 7) == ARGV[1]
  end
  if not known and slot > newest - slots then
    if slot - newest >= slots then
      redis.call('DEL', key)
      base, newest = slot, slot
    end
    local bytes = redis.call('STRLEN', key)
    for s = newest + 1, slot do
      local at = 48 + 12 * ((s - base) % slots)
      if at < bytes then
        redis.call('SETRANGE', key, string.format('%.0f', at), string.rep('\0', 12))
      end
    end
    newest = math.max(newest, slot)
    redis.call('SETRANGE', key, '0', struct.pack('<dd', base, newest) .. ARGV[1] .. string.sub(ids, 1, 24))
    local at = 48 + 12 * ((slot - base) % slots)
    local cell = redis.call('GETRANGE', key, string.format('%.0f', at), string.format('%.0f', at + 11))
    local w, n = 0, 0
    if #cell == 12 then
      w, n = struct.unpack('<dI4', cell)
    end
    w = math.max(w, 1) + work
    n = math.min(n + shares, 4294967295)
    redis.call('SETRANGE', key, string.format('%.0f', at), struct.pack('<dI4', w, n))
    if life ~= '0' then
      redis.call('PEXPIRE', key, life)
    end
  end
end
if #KEYS == rings then
  return '0'
end
redis.call('ZADD', KEYS[#KEYS], ARGV[5], ARGV[4])
return string.format('%.0f', redis.call('ZCARD', KEYS[#KEYS]))
