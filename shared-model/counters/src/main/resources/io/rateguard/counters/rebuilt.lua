-- rebuilt: how far the rebuild of a workspace's budgets is.
-- KEYS[1]   the workspace's epoch (epoch.lua)
-- ARGV      now_ms (empty in production: Redis's own clock)
-- returns   { epoch, state ('' when it cannot be trusted and nobody has begun), for how long in ms, then for each proxy
--           that has reported its name and its journals }

local now_ms = clock(ARGV[1])
local epoch, state = epoch_of(KEYS[1])
if epoch == '0' then
    return { epoch, state, '0' }
end
local since = call('HGET', KEYS[1], 'since') or '0'
local reply = { epoch, state, text(math.max(0, now_ms - tonumber(since))) }
local fields = call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
    local proxy = match(fields[i], '^report:(.*)$')
    if proxy then
        reply[#reply + 1] = proxy
        reply[#reply + 1] = fields[i + 1]
    end
end
return reply
