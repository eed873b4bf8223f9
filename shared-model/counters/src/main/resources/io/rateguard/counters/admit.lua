-- admit: takes from every limit and every budget of one request, or from none of them.
-- KEYS[1]   request            rl:req:{<workspaceId>}:<requestId>   text: the instant in ms at which it was admitted, which
--           entries took nothing, which shadows would have refused, and who holds, on a line each; or 'released'
-- KEYS[2]   where there is a budget: the workspace's epoch (epoch.lua)
-- KEYS      then one key for each limit (bucket, window, log or leases.lua) and three for each budget (budget.lua)
-- ARGV      request_id, now_ms (empty in production: Redis's own clock), hold_life_ms, where there is a budget 'epoch',
--           the one that the caller has reported in (0: it has nothing to report) and the key that holds, for people to
--           read, or empty; then for each limit its kind
--           and that kind's arguments, with 'shadow' before them if it refuses nothing; and for each budget
--           'budget', hold, expires_ms, amount, window start_ms, end_ms (exclusive), shutoff (1, or 0: counts only), how
--           many throttles, and for each what must be spent or held for it and the share in percent that it leaves of
--           each limit; then for each bucket that a throttle brings 'throttle', which budget it belongs to (from 1), what
--           must be spent or held, and a kind with its arguments
-- returns   { verdict, refusing entry or 0, retry_after in ticks (-1: never), charged or decided at in ms, of each shadow
--           that would have refused its entry and retry_after, all separated by spaces, the budget (from 1) that leaves
--           the lowest share of limits and that share, or none, the epoch or 0; then for each limit level and ticks until
--           full, for each budget spent and held }
--           verdict: 1 admitted, 0 refused, and without levels -2 wrong window, -3 released before, -4 cold: what is
--           counted of its budgets cannot be trusted (then with the run of the server that it was trusted on)
-- expires   the request with its holds; limits and budgets as they say

local request = KEYS[1]
local id, hold_life_ms = ARGV[1], tonumber(ARGV[3])
local now_ms = clock(ARGV[2])

local known = call('GET', request)
if known == RELEASED then
    return { '-3', '0', '0', text(now_ms), '', '', '0' }
end
local taken_at, _, shadowed = read_request(known)

local entries, budgets = {}, {}
local epoch, holder = '0', ''
local key, arg = 2, 4
if ARGV[4] == 'epoch' then
    local trust, other_run
    epoch, trust, other_run = epoch_of(KEYS[2])
    if not taken_at and (trust ~= 'trusted' or (ARGV[5] ~= '0' and ARGV[5] ~= epoch)) then
        return { '-4', '0', '0', text(now_ms), '', '', epoch, other_run }
    end
    holder = ARGV[6]
    key, arg = 3, 7
end
while arg <= #ARGV do
    local entry = { key = KEYS[key] }
    entries[#entries + 1] = entry
    if ARGV[arg] == 'shadow' then
        entry.shadow = true
        arg = arg + 1
    elseif ARGV[arg] == 'throttle' then
        entry.throttle, entry.at = budgets[tonumber(ARGV[arg + 1])], tonumber(ARGV[arg + 2])
        arg = arg + 3
    end
    entry.kind = kinds[ARGV[arg]]
    if entry.kind then
        entry.arg, entry.amount = arg + 1, tonumber(ARGV[arg + entry.kind.arguments])
        key, arg = key + 1, arg + entry.kind.arguments + 1
    else
        if not taken_at and (now_ms < tonumber(ARGV[arg + 4]) or now_ms >= tonumber(ARGV[arg + 5])) then
            return { '-2', '0', '0', text(now_ms), '', '', epoch }
        end
        budgets[#budgets + 1] = entry
        entry.budget = budget_at(key, ARGV[arg + 2])
        entry.hold = tonumber(ARGV[arg + 1])
        entry.amount = tonumber(ARGV[arg + 3])
        entry.shutoff = ARGV[arg + 6] == '1'
        entry.throttles, entry.count = arg + 8, tonumber(ARGV[arg + 7])
        key, arg = key + 3, arg + 8 + 2 * entry.count
    end
end

local room = SWEPT_AT_MOST
for _, entry in ipairs(entries) do
    if entry.budget and room > 0 then
        room = room - sweep(entry.budget, now_ms, room)
    end
end

local percent, throttling = 100, ''
for i, entry in ipairs(budgets) do
    local left = share_left(entry.budget, entry.throttles, entry.count)
    if left < percent then
        percent, throttling = left, text(i) .. ' ' .. text(left)
    end
end

read_texts(entries)
for _, entry in ipairs(entries) do
    if entry.kind then
        entry.counter = entry.kind.read(entry, now_ms, entry.throttle and 100 or percent)
        -- What is more than the share waits until there is all of it, and then takes what it needs.
        local most = entry.counter.capacity or entry.counter.max
        entry.asked = (percent < 100 and most > 0) and math.min(entry.amount, most) or entry.amount
        entry.idle = entry.throttle and not is_used(entry.throttle.budget, entry.at)
    end
end

local function refuses(entry)
    if entry.kind then
        return not entry.idle and not entry.kind.has(entry.counter, entry.asked)
    end
    return entry.shutoff and not budget_has(entry.budget, entry.amount, entry.hold)
end

local refusing, left, shadows = 0, {}, {}
if not taken_at then
    for i, entry in ipairs(entries) do
        if refuses(entry) then
            if not entry.shadow then
                refusing = i
                break
            end
            shadows[#shadows + 1] = text(i) .. ' ' .. text(entry.kind.retry_after(entry.counter, entry.asked))
            entry.left = true
        elseif entry.idle then
            entry.left = true
        end
        if entry.left then
            left[#left + 1] = text(i)
        end
    end
end
shadowed = shadowed or table.concat(shadows, ' ')

if not taken_at and refusing == 0 then
    for _, entry in ipairs(entries) do
        if entry.kind then
            if not entry.left then
                entry.kind.take(entry.counter, entry.amount, id, hold_life_ms)
            end
        else
            hold_in_budget(entry.budget, id, entry.hold, now_ms + hold_life_ms)
        end
    end
    call('SET', request, text(now_ms) .. '\n' .. table.concat(left, ' ') .. '\n' .. shadowed .. '\n' .. holder, 'PX',
        text(hold_life_ms))
end

local retry_ticks = 0
if refusing > 0 and entries[refusing].kind then
    retry_ticks = entries[refusing].kind.retry_after(entries[refusing].counter, entries[refusing].asked)
end
local reply = { refusing == 0 and '1' or '0', text(refusing), text(retry_ticks), taken_at or text(now_ms), shadowed,
    throttling, epoch }
for _, entry in ipairs(entries) do
    if entry.kind and not entry.throttle then
        reply[#reply + 1] = text(entry.kind.level(entry.counter))
        reply[#reply + 1] = text(entry.kind.until_full(entry.counter))
    elseif entry.budget then
        local spent, held = budget_level(entry.budget)
        reply[#reply + 1] = spent
        reply[#reply + 1] = held
    end
end
return reply
