-- Takes the accountant's lease where it is free, renews it where the caller has it.
-- KEYS: lease, token. ARGV: holder, milliseconds of life, the token that the holder has.
-- Returns held, token, former token; or taken, holder, milliseconds left.
local holder = redis.call('GET', KEYS[1])
local last = redis.call('GET', KEYS[2]) or '0'
if holder and holder ~= ARGV[1] then
  return {'taken', holder, string.format('%.0f', redis.call('PTTL', KEYS[1]))}
end
if holder and last == ARGV[3] then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return {'held', last, last}
end
-- By the clock, so that tokens rise also after a loss of the last one; milliseconds fit a number exactly.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local token = string.format('%.0f', math.max(tonumber(last) + 1, tonumber(ARGV[3]) + 1, now))
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('SET', KEYS[2], token)
return {'held', token, last}
