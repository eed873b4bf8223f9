-- rehold: holds again what requests under way held before the counters were lost.
-- KEYS[1]   the workspace's epoch (epoch.lua)
-- KEYS      then for each request its own key (admit.lua) and three for each of its budgets (budget.lua)
-- ARGV      epoch, now_ms (empty in production: Redis's own clock), hold_life_ms, then for each request its id, the
--           instant in ms at which it was admitted, how many budgets, and for each expires_ms and its hold
-- returns   { 1 held, 0 the epoch takes no reports any more }

local epoch, state = epoch_of(KEYS[1])
if epoch ~= ARGV[1] or state ~= 'rebuilding' then
    return { '0' }
end
local now_ms, life_ms = clock(ARGV[2]), tonumber(ARGV[3])
local key, arg = 2, 4
while arg <= #ARGV do
    local id, count = ARGV[arg], tonumber(ARGV[arg + 2])
    if not call('SET', KEYS[key], ARGV[arg + 1] .. '\n\n', 'NX', 'PX', text(life_ms)) then
        call('PEXPIRE', KEYS[key], text(life_ms))
    end
    key, arg = key + 1, arg + 3
    for _ = 1, count do
        local budget = budget_at(key, ARGV[arg])
        rebuild(budget, epoch)
        if call('HEXISTS', budget.hash, 'hold:' .. id) == 0 then
            hold_in_budget(budget, id, tonumber(ARGV[arg + 1]), now_ms + life_ms)
        end
        key, arg = key + 3, arg + 2
    end
end
return { '1' }
