-- budget: what one window of a budget has spent, and what it holds for requests under way.
-- key       budget:{<workspaceId>}:<budgetId>:<window>   fields: spent, held, hold:<requestId> (the amount of each hold),
--           told:<percent>:<nanos> (a threshold that a settlement has named: never again, whatever falls and rises),
--           charged:<cause> (what was added without an admission: never again while the window is kept),
--           seeded (what was added for the time before the budget was known),
--           epoch (of its last rebuild), stale (what it had spent before), rebuilt (what was reported since),
--           reported:<reporter>
--           …:holds    sorted set of request ids: a hold by the time it lapses, a lapsed one by the time it is forgotten
--           …:lapsed   hash of request id to the amount that was charged when its hold lapsed
-- expires   at expires_ms, some days after the window's end; a window without end (0) never

local LAPSED_LIFE_MS = 7 * 24 * 3600 * 1000
local SWEPT_AT_MOST = 64

local function budget_at(key, expires_ms)
    return { hash = KEYS[key], holds = KEYS[key + 1], lapsed = KEYS[key + 2], expires_ms = expires_ms }
end

local function expire_with_window(budget, key)
    if budget.expires_ms ~= '0' then
        call('PEXPIREAT', key, budget.expires_ms)
    end
end

-- Sums above 2^53 stay exact as text; for comparing, their rounding does not matter. Read once by a script that changes
-- them through add_to or forgets them.
local function budget_level(budget)
    if not budget.spent then
        local level = call('HMGET', budget.hash, 'spent', 'held')
        budget.spent, budget.held = level[1] or '0', level[2] or '0'
    end
    return budget.spent, budget.held
end

local function forget_level(budget)
    budget.spent = nil
end

-- Adds to what is spent and held. One call also writes what further fields there are, with their values.
local function add_to(budget, spent_more, held_more, ...)
    local spent_text, held_text = budget_level(budget)
    local spent, held = tonumber(spent_text), tonumber(held_text)
    if is_exact(spent) and is_exact(held) and is_exact(spent + spent_more) and is_exact(held + held_more) then
        budget.spent, budget.held = text(spent + spent_more), text(held + held_more)
        call('HSET', budget.hash, 'spent', budget.spent, 'held', budget.held, ...)
        return
    end
    call('HINCRBY', budget.hash, 'spent', text(spent_more))
    call('HINCRBY', budget.hash, 'held', text(held_more))
    if ... then
        call('HSET', budget.hash, ...)
    end
    forget_level(budget)
end

-- Charges holds past their life and forgets old lapses, as many as there is room for; returns how many.
local function sweep(budget, now_ms, room)
    local due = call('ZRANGEBYSCORE', budget.holds, '-inf', text(now_ms), 'LIMIT', 0, room)
    for _, id in ipairs(due) do
        local held = call('HGET', budget.hash, 'hold:' .. id)
        if held then
            add_to(budget, tonumber(held), -tonumber(held))
            call('HDEL', budget.hash, 'hold:' .. id)
            call('HSET', budget.lapsed, id, held)
            expire_with_window(budget, budget.lapsed)
            call('ZADD', budget.holds, text(now_ms + LAPSED_LIFE_MS), id)
        else
            call('HDEL', budget.lapsed, id)
            call('ZREM', budget.holds, id)
        end
    end
    return #due
end

-- Whether so much is spent or held; step by step, so that no sum leaves the whole numbers before it is compared.
local function is_used(budget, amount)
    local spent, held = budget_level(budget)
    return amount - tonumber(spent) <= tonumber(held)
end

-- The share of limits, in percent, that a budget leaves: so many pairs of arguments, what must be used and the share.
local function share_left(budget, arg, count)
    local percent = 100
    if count > 0 then
        local spent, held = budget_level(budget)
        for i = arg, arg + 2 * count - 2, 2 do
            if tonumber(ARGV[i]) - tonumber(spent) <= tonumber(held) then
                percent = math.min(percent, tonumber(ARGV[i + 1]))
            end
        end
    end
    return percent
end

-- Which thresholds this much reaches that no settlement has named before.
local function reached(budget, spent)
    local named = {}
    for i = 1, budget.count do
        local arg = budget.thresholds + 2 * (i - 1)
        local at = tonumber(ARGV[arg + 1])
        if at > 0 and spent >= at and call('HSETNX', budget.hash, 'told:' .. ARGV[arg], '1') == 1 then
            named[#named + 1] = text(i)
        end
    end
    return table.concat(named, ' ')
end

-- Subtracts step by step, so that no sum leaves the whole numbers before it is compared.
local function budget_has(budget, amount, hold)
    local spent, held = budget_level(budget)
    local left = amount - tonumber(spent)
    if hold == 0 then
        return true
    end
    return left >= 0 and left - tonumber(held) >= hold
end

-- The set of holds is gone whenever nothing is held: then its life begins anew.
local function hold_in_budget(budget, id, hold, lapses_ms)
    local _, held = budget_level(budget)
    add_to(budget, 0, hold, 'hold:' .. id, text(hold))
    call('ZADD', budget.holds, text(lapses_ms), id)
    if held == '0' then
        expire_with_window(budget, budget.hash)
        expire_with_window(budget, budget.holds)
    end
end

-- Puts the charge where the request's hold or lapse was; false when the budget knows neither.
local function charge_budget(budget, id, charge)
    local level = call('HMGET', budget.hash, 'spent', 'held', 'hold:' .. id)
    budget.spent, budget.held = level[1] or '0', level[2] or '0'
    if level[3] then
        add_to(budget, charge, -tonumber(level[3]))
        call('HDEL', budget.hash, 'hold:' .. id)
        call('ZREM', budget.holds, id)
        return true
    end
    local lapsed = call('HGET', budget.lapsed, id)
    if lapsed then
        add_to(budget, charge - tonumber(lapsed), 0)
        call('HDEL', budget.lapsed, id)
        call('ZREM', budget.holds, id)
        return true
    end
    return false
end

-- Takes fields away, in parts that fit into one call.
local function drop_fields(hash, fields)
    for from = 1, #fields, 1000 do
        call('HDEL', hash, unpack(fields, from, math.min(from + 999, #fields)))
    end
end

-- Begins anew with what is reported in this epoch. What it knew before may be old, but no charge is more than was spent;
-- holds, and charges that lapsed holds became, are reported again by those who still have them, as events or as holds.
local function rebuild(budget, epoch)
    if call('HGET', budget.hash, 'epoch') == epoch then
        return
    end
    local stale = tonumber(call('HGET', budget.hash, 'spent') or '0')
    for _, lapsed in ipairs(call('HVALS', budget.lapsed)) do
        stale = stale - tonumber(lapsed)
    end
    stale = text(math.max(0, stale))
    local gone = {}
    for _, field in ipairs(call('HKEYS', budget.hash)) do
        if match(field, '^hold:') or match(field, '^reported:') then
            gone[#gone + 1] = field
        end
    end
    drop_fields(budget.hash, gone)
    call('UNLINK', budget.holds, budget.lapsed)
    call('HSET', budget.hash, 'epoch', epoch, 'spent', stale, 'held', '0', 'stale', stale, 'rebuilt', '0')
    forget_level(budget)
end

-- It has spent what it knew before or what is reported, whichever is more, and what is charged from now on.
local function add_reported(budget, amount)
    local sums = call('HMGET', budget.hash, 'stale', 'rebuilt')
    local stale, rebuilt = tonumber(sums[1]), tonumber(sums[2])
    local more = math.max(stale, rebuilt + amount) - math.max(stale, rebuilt)
    call('HINCRBY', budget.hash, 'rebuilt', text(amount))
    add_to(budget, more, 0)
end

-- What it knew before may not have been corrected yet, so it bounds no more than what corrections left of it.
local function lower_stale(budget, amount)
    local sums = call('HMGET', budget.hash, 'stale', 'rebuilt')
    local stale, rebuilt = tonumber(sums[1]), tonumber(sums[2])
    local left = math.max(0, stale - amount)
    add_to(budget, math.max(left, rebuilt) - math.max(stale, rebuilt), 0, 'stale', text(left))
end

-- Takes back what proxies have reported of this window that have not reported everything: the ledger tells all of it.
local function retract_unfinished(budget, epoch_key)
    for _, field in ipairs(call('HKEYS', budget.hash)) do
        local proxy = match(field, '^reported:(.-)/')
        if proxy and call('HEXISTS', epoch_key, 'report:' .. proxy) == 0 then
            add_reported(budget, -tonumber(call('HGET', budget.hash, field)))
            call('HDEL', budget.hash, field)
        end
    end
end
