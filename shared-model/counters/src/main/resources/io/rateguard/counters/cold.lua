-- cold: says that the budgets of a workspace are to be rebuilt, or are no more.
-- KEYS[1]   rl:cold:{fleet}   as fleet.lua has it
-- ARGV      workspace, 1 to be rebuilt, 0 no more
-- returns   { }

call(ARGV[2] == '1' and 'SADD' or 'SREM', KEYS[1], ARGV[1])
return {}
