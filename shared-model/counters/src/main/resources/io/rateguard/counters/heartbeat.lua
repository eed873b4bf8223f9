-- heartbeat: says that a proxy is alive, and asks how many are and what it may have to report.
-- KEYS[1]   rl:proxies:{fleet}   sorted set of proxies by the instant at which each counts as gone
-- KEYS[2]   rl:cold:{fleet}      as fleet.lua has it
-- ARGV      proxy, now_ms (empty in production: Redis's own clock), life_ms (0: it is leaving)
-- returns   { how many are alive, then each workspace whose budgets are to be rebuilt }
-- expires   with the last of them

local proxies, proxy = KEYS[1], ARGV[1]
local now_ms, life_ms = clock(ARGV[2]), tonumber(ARGV[3])

call('ZREMRANGEBYSCORE', proxies, '-inf', text(now_ms))
if life_ms > 0 then
    call('ZADD', proxies, text(now_ms + life_ms), proxy)
    call('PEXPIRE', proxies, text(life_ms))
else
    call('ZREM', proxies, proxy)
end
local reply = { text(call('ZCARD', proxies)) }
for _, workspace in ipairs(call('SMEMBERS', KEYS[2])) do
    reply[#reply + 1] = workspace
end
return reply
