-- Reads one balance, unless the generation has changed meanwhile.
-- KEYS: head, balances of the generation. ARGV: generation, account.
if (redis.call('HGET', KEYS[1], 'generation') or '0') ~= ARGV[1] then
  return {'moved'}
end
return {'read', redis.call('HGET', KEYS[2], ARGV[2])}
