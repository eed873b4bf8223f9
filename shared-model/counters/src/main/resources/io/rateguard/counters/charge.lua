-- charge: adds to one window of a budget what was spent without an admission, or what corrects it, once for each cause.
-- KEYS[1]   the workspace's epoch (epoch.lua)
-- KEYS      then the three of the budget (budget.lua)
-- ARGV      cause, expires_ms, amount (below 0: it is lowered), the epoch in which it is to be charged (0: in any)
--           which takes it while it is being rebuilt too
-- returns   { 1 charged now, 0 charged before; the epoch; spent and held }; -1 alone: the counters cannot be trusted;
--           -2 alone: another epoch has begun

local epoch, state = epoch_of(KEYS[1])
if epoch ~= '0' and ARGV[4] ~= '0' and ARGV[4] ~= epoch then
    return { '-2' }
end
if state ~= 'trusted' and (epoch == '0' or ARGV[4] ~= epoch) then
    return { '-1' }
end
local budget = budget_at(2, ARGV[2])
if state ~= 'trusted' then
    rebuild(budget, epoch)
end
local first = call('HSETNX', budget.hash, 'charged:' .. ARGV[1], ARGV[3])
if first == 1 then
    add_to(budget, tonumber(ARGV[3]), 0)
    expire_with_window(budget, budget.hash)
end
local spent, held = budget_level(budget)
return { text(first), epoch, spent, held }
