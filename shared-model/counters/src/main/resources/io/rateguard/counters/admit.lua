-- admit: takes from every limit and every budget of one request, or from none of them.
-- KEYS[1]   request            rl:req:{<workspaceId>}:<requestId>   fields: at, keys, args (what it took, for release),
--           shadows, or released
-- KEYS      then one key for each limit (bucket, window, log or leases.lua) and three for each budget (budget.lua)
-- ARGV      request_id, now_ms (empty in production: Redis's own clock), hold_life_ms, then for each limit its kind
--           and that kind's arguments, with 'shadow' before them if it refuses nothing; and for each budget
--           'budget', hold, expires_ms, amount, window start_ms, end_ms (exclusive), shutoff (1, or 0: counts only)
-- returns   { verdict, refusing entry or 0, retry_after in ticks (-1: never), charged or decided at in ms, of each shadow
--           that would have refused its entry and retry_after, all separated by spaces; then for each limit level and
--           ticks until full, for each budget spent and held }
--           verdict: 1 admitted, 0 refused, -2 wrong window, -3 released before (these two without levels)
-- expires   the request with its holds; limits and budgets as they say

local request = KEYS[1]
local id, hold_life_ms = ARGV[1], tonumber(ARGV[3])
local now_ms = clock(ARGV[2])

local state = redis.call('HMGET', request, 'released', 'at', 'shadows')
if state[1] then
    return { '-3', '0', '0', text(now_ms), '' }
end
local taken_at = state[2]

local entries = {}
local key, arg = 2, 4
while arg <= #ARGV do
    local shadow = ARGV[arg] == 'shadow'
    if shadow then
        arg = arg + 1
    end
    local kind = kinds[ARGV[arg]]
    if kind then
        entries[#entries + 1] = {
            kind = kind,
            counter = kind.read(KEYS[key], arg + 1, now_ms),
            amount = tonumber(ARGV[arg + kind.arguments]),
            amount_arg = arg + kind.arguments,
            shadow = shadow,
        }
        key, arg = key + 1, arg + kind.arguments + 1
    else
        if not taken_at and (now_ms < tonumber(ARGV[arg + 4]) or now_ms >= tonumber(ARGV[arg + 5])) then
            return { '-2', '0', '0', text(now_ms), '' }
        end
        entries[#entries + 1] = {
            budget = budget_at(key, ARGV[arg + 2]),
            hold = tonumber(ARGV[arg + 1]),
            amount = tonumber(ARGV[arg + 3]),
            shutoff = ARGV[arg + 6] == '1',
        }
        key, arg = key + 3, arg + 7
    end
end

local room = SWEPT_AT_MOST
for _, entry in ipairs(entries) do
    if entry.budget and room > 0 then
        room = room - sweep(entry.budget, now_ms, room)
    end
end

local function refuses(entry)
    if entry.kind then
        return not entry.kind.has(entry.counter, entry.amount)
    end
    return entry.shutoff and not budget_has(entry.budget, entry.amount, entry.hold)
end

local refusing, shadows = 0, {}
if not taken_at then
    for i, entry in ipairs(entries) do
        if refuses(entry) then
            if not entry.shadow then
                refusing = i
                break
            end
            shadows[#shadows + 1] = text(i) .. ' ' .. text(entry.kind.retry_after(entry.counter, entry.amount))
            -- As if it had refused: nothing is taken, so nothing can be given back.
            entry.amount, ARGV[entry.amount_arg] = 0, '0'
        end
    end
end
local shadowed = state[3] or table.concat(shadows, ' ')

if not taken_at and refusing == 0 then
    for _, entry in ipairs(entries) do
        if entry.kind then
            entry.kind.take(entry.counter, entry.amount, id, hold_life_ms)
        else
            hold_in_budget(entry.budget, id, entry.hold, now_ms + hold_life_ms)
        end
    end
    redis.call('HSET', request, 'at', text(now_ms), 'shadows', shadowed,
        'keys', table.concat(KEYS, '\n', 2), 'args', table.concat(ARGV, '\n', 4))
    redis.call('PEXPIRE', request, text(hold_life_ms))
end

local retry_ticks = 0
if refusing > 0 and entries[refusing].kind then
    retry_ticks = entries[refusing].kind.retry_after(entries[refusing].counter, entries[refusing].amount)
end
local reply = { refusing == 0 and '1' or '0', text(refusing), text(retry_ticks), taken_at or text(now_ms), shadowed }
for _, entry in ipairs(entries) do
    if entry.kind then
        reply[#reply + 1] = text(entry.kind.level(entry.counter))
        reply[#reply + 1] = text(entry.kind.until_full(entry.counter))
    else
        local spent, held = budget_level(entry.budget)
        reply[#reply + 1] = spent
        reply[#reply + 1] = held
    end
end
return reply
