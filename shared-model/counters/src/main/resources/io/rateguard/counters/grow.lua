-- grow: holds more for requests under way that have used more than was held; never less than before.
-- KEYS      three for each budget of the request (budget.lua)
-- ARGV      request_id, then for each budget expires_ms and its hold
-- returns   { how many budgets still hold something for it }

local id = ARGV[1]
local holding = 0
for arg = 2, #ARGV, 2 do
    local budget = budget_at(3 * arg / 2 - 2, ARGV[arg])
    local held = call('HGET', budget.hash, 'hold:' .. id)
    if held then
        holding = holding + 1
        local more = tonumber(ARGV[arg + 1]) - tonumber(held)
        if more > 0 then
            add_to(budget, 0, more, 'hold:' .. id, ARGV[arg + 1])
        end
    end
end
return { text(holding) }
