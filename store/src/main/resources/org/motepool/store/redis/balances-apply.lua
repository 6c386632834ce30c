-- Applies one step of the ledger when the copy stands right before it. Balances are absolute; nothing is computed.
-- KEYS: head, balances of the generation. ARGV: generation; before: journal, sequence, hash (empty: none);
-- after: journal, sequence, hash; then pairs of account and balance.
local head = redis.call('HMGET', KEYS[1], 'generation', 'journal', 'sequence', 'hash')
if (head[1] or '0') ~= ARGV[1] then
  return 'moved'
end
for i = 2, 4 do
  if (head[i] or '') ~= ARGV[i] then
    return 'elsewhere'
  end
end
local amount = '%d+%.%d%d%d%d%d%d%d%d%d%d%d%d'
local balance = '^' .. amount .. ' ' .. amount .. ' ' .. amount .. ' ' .. amount .. '$'
for i = 8, #ARGV, 2 do
  if #ARGV[i] ~= 32 or not string.match(ARGV[i + 1] or '', balance) then
    return redis.error_reply('MOTE not a balance of account ' .. ARGV[i])
  end
end
for i = 8, #ARGV, 2 do
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
end
redis.call('HSET', KEYS[1], 'generation', ARGV[1], 'journal', ARGV[5], 'sequence', ARGV[6], 'hash', ARGV[7])
return 'applied'
