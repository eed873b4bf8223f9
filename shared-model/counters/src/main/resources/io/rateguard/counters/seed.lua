-- seed: gives one window of a budget what was spent in it before the budget was known, up to a sum and never down, so
-- that a sum that has grown is said again.
-- KEYS[1]   the workspace's epoch (epoch.lua)
-- KEYS      then the three of the budget (budget.lua)
-- ARGV      expires_ms, sum
-- returns   { 1, spent and held }; -1 alone: the counters cannot be trusted

if not is_trusted(KEYS[1]) then
    return { '-1' }
end
local budget = budget_at(2, ARGV[1])
local seeded = call('HGET', budget.hash, 'seeded') or '0'
local more = tonumber(ARGV[2]) - tonumber(seeded)
if more > 0 then
    add_to(budget, more, 0, 'seeded', ARGV[2])
    expire_with_window(budget, budget.hash)
end
local spent, held = budget_level(budget)
return { '1', spent, held }
