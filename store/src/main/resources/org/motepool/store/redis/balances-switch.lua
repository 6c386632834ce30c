-- Makes a rebuilt generation the one that readers see, if it is whole.
-- KEYS: head, new balances, old balances. ARGV: old generation, new generation, accounts in the new one;
-- its position: journal, sequence, hash.
if (redis.call('HGET', KEYS[1], 'generation') or '0') ~= ARGV[1] then
  return 'moved'
end
if string.format('%.0f', redis.call('HLEN', KEYS[2])) ~= ARGV[3] then
  return 'incomplete'
end
redis.call('PERSIST', KEYS[2])
redis.call('HSET', KEYS[1], 'generation', ARGV[2], 'journal', ARGV[4], 'sequence', ARGV[5], 'hash', ARGV[6])
redis.call('UNLINK', KEYS[3])
return 'switched'
