-- holds: for which requests under way a window of a budget holds something, those that lapse soonest first.
-- KEYS      three of the budget (budget.lua)
-- ARGV      now_ms (empty in production: Redis's own clock), how many at most
-- returns   { 1 there are more, 0 these are all; then for each its id, what is held, and when it lapses in ms }

local now_ms, most = clock(ARGV[1]), tonumber(ARGV[2])
local budget = budget_at(1, '0')
local reply = { '0' }
-- Behind the holds stand lapsed ones, which hold nothing any more.
local known = call('ZRANGEBYSCORE', budget.holds, '(' .. text(now_ms), '+inf', 'WITHSCORES', 'LIMIT', 0, most + 1)
for i = 1, #known, 2 do
    local held = call('HGET', budget.hash, 'hold:' .. known[i])
    if held and i > 2 * most then
        reply[1] = '1'
    elseif held then
        reply[#reply + 1] = known[i]
        reply[#reply + 1] = held
        reply[#reply + 1] = text(tonumber(known[i + 1]))
    end
end
return reply
