-- report: adds to windows of budgets what was charged to them before the counters were lost, once for each reporter.
-- KEYS[1]   the workspace's epoch (epoch.lua)
-- KEYS      then three for each window (budget.lua)
-- ARGV      epoch, the state in which it takes this report, reporter (of a proxy: its name, a slash, and which part of it),
--           then for each window expires_ms, what was charged,
--           how much of that was spent before the budget was known, and by how much corrections have lowered it
-- returns   { 1 added, 0 the epoch takes no such report }

local epoch, state = epoch_of(KEYS[1])
if epoch ~= ARGV[1] or state ~= ARGV[2] then
    return { '0' }
end
local key = 2
for arg = 4, #ARGV, 4 do
    local budget = budget_at(key, ARGV[arg])
    rebuild(budget, epoch)
    if state == 'closing' then
        retract_unfinished(budget, KEYS[1])
    end
    if call('HSETNX', budget.hash, 'reported:' .. ARGV[3], ARGV[arg + 1]) == 1 then
        add_reported(budget, tonumber(ARGV[arg + 1]))
        lower_stale(budget, tonumber(ARGV[arg + 3]))
        if ARGV[arg + 2] ~= '0' then
            call('HSET', budget.hash, 'seeded', ARGV[arg + 2])
        end
    end
    expire_with_window(budget, budget.hash)
    key = key + 3
end
return { '1' }
