-- levels: what windows of budgets have spent and hold, after charging the holds past their life.
-- KEYS      three for each budget (budget.lua)
-- ARGV      now_ms (empty in production: Redis's own clock), then expires_ms for each budget
-- returns   { 1 more holds may be due: ask again, 0 all swept; then for each budget spent and held }

local now_ms = clock(ARGV[1])
local room = SWEPT_AT_MOST
local reply = { '0' }
for i = 2, #ARGV do
    local budget = budget_at(3 * (i - 2) + 1, ARGV[i])
    if room > 0 then
        room = room - sweep(budget, now_ms, room)
    end
    local spent, held = budget_level(budget)
    reply[#reply + 1] = spent
    reply[#reply + 1] = held
end
if room == 0 then
    reply[1] = '1'
end
return reply
