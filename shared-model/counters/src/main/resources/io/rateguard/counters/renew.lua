-- renew: lets requests under way keep what they hold a while longer. What has lapsed stays lapsed.
-- KEYS      for each request its own key (admit.lua), the keys of its leases (leases.lua), and of each of its budgets
--           the hash and the holds (budget.lua)
-- ARGV      now_ms (empty in production: Redis's own clock), hold_life_ms, then for each request its id, how many
--           leases and how many budgets it has
-- returns   for each request 1, or 0: it was settled, released or has lapsed

local now_ms, life_ms = clock(ARGV[1]), tonumber(ARGV[2])

local reply = {}
local key = 1
for arg = 3, #ARGV, 3 do
    local id, leases, budgets = ARGV[arg], tonumber(ARGV[arg + 1]), tonumber(ARGV[arg + 2])
    local alive = read_request(call('GET', KEYS[key])) ~= nil
    if alive then
        call('PEXPIRE', KEYS[key], text(life_ms))
        for i = 1, leases do
            if call('ZSCORE', KEYS[key + i], id) then
                lease(KEYS[key + i], id, now_ms, life_ms)
            end
        end
        for i = 1, budgets do
            local hash = KEYS[key + leases + 2 * i - 1]
            if call('HEXISTS', hash, 'hold:' .. id) == 1 then
                call('ZADD', KEYS[key + leases + 2 * i], 'XX', text(now_ms + life_ms), id)
            end
        end
    end
    reply[#reply + 1] = alive and '1' or '0'
    key = key + 1 + leases + 2 * budgets
end
return reply
