-- fleet: which proxies are alive, and which workspaces' budgets are to be rebuilt.
-- KEYS[1]   rl:proxies:{fleet}   as heartbeat.lua has it
-- KEYS[2]   rl:cold:{fleet}      set of workspaces
-- ARGV      now_ms (empty in production: Redis's own clock)
-- returns   { how many proxies, each, then each workspace }

local proxies = call('ZRANGEBYSCORE', KEYS[1], '(' .. text(clock(ARGV[1])), '+inf')
local reply = { text(#proxies) }
for _, proxy in ipairs(proxies) do
    reply[#reply + 1] = proxy
end
for _, workspace in ipairs(call('SMEMBERS', KEYS[2])) do
    reply[#reply + 1] = workspace
end
return reply
