-- release: gives back all that a request took; one that has taken nothing yet will find itself released.
-- KEYS      as admit.lua has them; KEYS[1] becomes a tombstone
-- ARGV      request_id, now_ms (empty in production: Redis's own clock), tombstone_life_ms, then as admit.lua has them
-- returns   { 1 }

local request = KEYS[1]
local id = ARGV[1]
local now_ms = clock(ARGV[2])

local taken_at, left = read_request(call('GET', request))
if taken_at then
    local took_nothing = {}
    for entry in string.gmatch(left, '%d+') do
        took_nothing[tonumber(entry)] = true
    end
    local limits, budgets, percent = {}, {}, 100
    local key, arg = 2, 4
    if ARGV[4] == 'epoch' then
        key, arg = 3, 7
    end
    local entry = 0
    while arg <= #ARGV do
        entry = entry + 1
        local throttle = ARGV[arg] == 'throttle'
        arg = arg + (throttle and 3 or ARGV[arg] == 'shadow' and 1 or 0)
        local kind = kinds[ARGV[arg]]
        if kind then
            if not took_nothing[entry] then
                limits[#limits + 1] = { kind = kind, key = KEYS[key], arg = arg + 1, throttle = throttle }
            end
            key, arg = key + 1, arg + kind.arguments + 1
        else
            local budget, count = budget_at(key, ARGV[arg + 2]), tonumber(ARGV[arg + 7])
            budgets[#budgets + 1] = budget
            percent = math.min(percent, share_left(budget, arg + 8, count))
            key, arg = key + 3, arg + 8 + 2 * count
        end
    end
    read_texts(limits)
    for _, limit in ipairs(limits) do
        local counter = limit.kind.read(limit, now_ms, limit.throttle and 100 or percent)
        local amount = tonumber(ARGV[limit.arg + limit.kind.arguments - 1])
        limit.kind.correct(counter, -amount, id, tonumber(taken_at))
    end
    for _, budget in ipairs(budgets) do
        charge_budget(budget, id, 0)
    end
end
call('SET', request, RELEASED, 'PX', ARGV[3])
return { '1' }
