-- settle: replaces what a request holds by what it cost and puts its limits right, once.
-- KEYS[1]   request            rl:req:{<workspaceId>}:<requestId>   gone afterwards
-- KEYS[2]   where there is a budget: the workspace's epoch (epoch.lua)
-- KEYS      then one key for each limit (bucket, window, log or leases.lua) and three for each budget (budget.lua)
-- ARGV      request_id, now_ms (empty in production: Redis's own clock), the instant in ms at which it was admitted,
--           'epoch' where there is a budget, then for each limit its kind and that kind's arguments, the amount being what
--           was used beyond what was taken (negative: give back; leases are given back whatever the amount); and for each
--           budget 'budget', charge, expires_ms, how many thresholds, and for each the name it is remembered by and what must
--           be spent, how many throttles, and for each what must be spent or held for it and the share of limits that it
--           leaves
-- returns   { 1 settled now, 0 settled before, never admitted, or lost; now_ms; of what no budget knows the epoch in which
--           none does, 0 while there is none; then for each budget spent, held and which of its thresholds (from 1, separated by spaces) it came to since the last settlement; of a request settled
--           before, none }

local request = KEYS[1]
local id = ARGV[1]
local now_ms, charged_ms = clock(ARGV[2]), tonumber(ARGV[3])

-- The request's own key may have expired with its holds: then a budget that still knows it speaks for it.
local state = call('GET', request)
local known = read_request(state) ~= nil
local limits, budgets = {}, {}
local key, arg = 2, 4
local of_epoch
if ARGV[4] == 'epoch' then
    of_epoch, key, arg = KEYS[2], 3, 5
end
while arg <= #ARGV do
    local kind = kinds[ARGV[arg]]
    if kind then
        limits[#limits + 1] = { kind = kind, key = KEYS[key], arg = arg + 1 }
        key, arg = key + 1, arg + kind.arguments + 1
    else
        local budget = budget_at(key, ARGV[arg + 2])
        budget.charge = tonumber(ARGV[arg + 1])
        budget.thresholds, budget.count = arg + 4, tonumber(ARGV[arg + 3])
        arg = arg + 4 + 2 * budget.count
        budget.throttles, budget.throttle_count = arg + 1, tonumber(ARGV[arg])
        budgets[#budgets + 1] = budget
        key, arg = key + 3, arg + 1 + 2 * budget.throttle_count
    end
end

-- What limits regained since they were last looked at they regained before this charge.
local percent = 100
for _, budget in ipairs(budgets) do
    percent = math.min(percent, share_left(budget, budget.throttles, budget.throttle_count))
end

local room, charged = SWEPT_AT_MOST, false
for _, budget in ipairs(budgets) do
    charged = charge_budget(budget, id, budget.charge) or charged
    if room > 0 then
        room = room - sweep(budget, now_ms, room)
    end
end

known = known or charged
if known then
    read_texts(limits)
    for _, limit in ipairs(limits) do
        local amount = tonumber(ARGV[limit.arg + limit.kind.arguments - 1])
        limit.kind.correct(limit.kind.read(limit, now_ms, percent), amount, id, charged_ms)
    end
    if state ~= RELEASED then
        call('DEL', request)
    end
end

local reply = { known and '1' or '0', text(now_ms), of_epoch and not charged and epoch_of(of_epoch) or '0' }
for _, budget in ipairs(budgets) do
    local spent, held = budget_level(budget)
    reply[#reply + 1] = spent
    reply[#reply + 1] = held
    reply[#reply + 1] = known and reached(budget, tonumber(spent)) or ''
end
return reply
