-- start: what every script begins with. Redis's names can be looked up only while a function runs, and that takes longer
-- than a local's.
local KEYS, ARGV, call, format, fmod, match

local function start(keys, arguments)
    KEYS, ARGV, call = keys, arguments, redis.call
    format, fmod, match = string.format, math.fmod, string.match
end
