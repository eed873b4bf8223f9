-- charge: adds to one window of a budget what was spent without an admission, once for each cause.
-- KEYS      the three of the budget (budget.lua)
-- ARGV      cause, expires_ms, amount
-- returns   { 1 charged now, 0 charged before; spent and held }

local budget = budget_at(1, ARGV[2])
local first = redis.call('HSETNX', budget.hash, 'charged:' .. ARGV[1], ARGV[3])
if first == 1 then
    redis.call('HINCRBY', budget.hash, 'spent', ARGV[3])
    expire_with_window(budget, budget.hash)
end
local spent, held = budget_level(budget)
return { text(first), spent, held }
