-- holders: since when requests are under way, and which keys they are of.
-- KEYS      of each request (request.lua)
-- returns   for each the instant in ms at which it was admitted, and its key; both empty where that is not known

local reply = {}
for i, known in ipairs(call('MGET', unpack(KEYS))) do
    local admitted_ms, _, _, holder = read_request(known)
    reply[2 * i - 1] = admitted_ms or ''
    reply[2 * i] = holder or ''
end
return reply
