-- release: gives back all that a request took; one that has taken nothing yet will find itself released.
-- KEYS[1]   request            rl:req:{<workspaceId>}:<requestId>   becomes a tombstone: field released
-- KEYS      at the first visit none; at the second the ones that the first named, as admit.lua has them
-- ARGV      request_id, now_ms (empty in production: Redis's own clock), tombstone_life_ms, at the second visit the
--           arguments that the first named, as admit.lua has them
-- returns   { 1 released; 0 come again with these, keys, arguments, each separated by line feeds }

local request = KEYS[1]
local id = ARGV[1]
local now_ms = clock(ARGV[2])

local taken = redis.call('HMGET', request, 'keys', 'args', 'at')
if taken[1] and taken[1] ~= '' and #KEYS == 1 then
    return { '0', taken[1], taken[2] }
end

if taken[1] then
    local limits, budgets, percent = {}, {}, 100
    local key, arg = 2, 4
    while arg <= #ARGV do
        local throttle = ARGV[arg] == 'throttle'
        arg = arg + (throttle and 3 or ARGV[arg] == 'shadow' and 1 or 0)
        local kind = kinds[ARGV[arg]]
        if kind then
            limits[#limits + 1] = { kind = kind, key = KEYS[key], arg = arg + 1, throttle = throttle }
            key, arg = key + 1, arg + kind.arguments + 1
        else
            local budget, count = budget_at(key, ARGV[arg + 2]), tonumber(ARGV[arg + 7])
            budgets[#budgets + 1] = budget
            percent = math.min(percent, share_left(budget, arg + 8, count))
            key, arg = key + 3, arg + 8 + 2 * count
        end
    end
    for _, limit in ipairs(limits) do
        local counter = limit.kind.read(limit.key, limit.arg, now_ms, limit.throttle and 100 or percent)
        local amount = tonumber(ARGV[limit.arg + limit.kind.arguments - 1])
        limit.kind.correct(counter, -amount, id, tonumber(taken[3]))
    end
    for _, budget in ipairs(budgets) do
        charge_budget(budget, id, 0)
    end
    redis.call('DEL', request)
end
redis.call('HSET', request, 'released', '1')
redis.call('PEXPIRE', request, ARGV[3])
return { '1', '', '' }
