-- release: gives back all that a request took; one that has taken nothing yet will find itself released.
-- KEYS[1]   request            rl:req:{<workspaceId>}:<requestId>   becomes a tombstone: field released
-- KEYS      at the first visit none; at the second the ones that the first named, as admit.lua has them
-- ARGV      request_id, now_ms (empty in production: Redis's own clock), tombstone_life_ms, at the second visit the
--           arguments that the first named, as admit.lua has them
-- returns   { 1 released; 0 come again with these, keys, arguments, each separated by line feeds }

local request = KEYS[1]
local id = ARGV[1]
local now_ms = clock(ARGV[2])

local taken = redis.call('HMGET', request, 'keys', 'args', 'at')
if taken[1] and taken[1] ~= '' and #KEYS == 1 then
    return { '0', taken[1], taken[2] }
end

if taken[1] then
    local key, arg = 2, 4
    while arg <= #ARGV do
        if ARGV[arg] == 'shadow' then
            arg = arg + 1
        end
        local kind = kinds[ARGV[arg]]
        if kind then
            local counter = kind.read(KEYS[key], arg + 1, now_ms)
            kind.correct(counter, -tonumber(ARGV[arg + kind.arguments]), id, tonumber(taken[3]))
            key, arg = key + 1, arg + kind.arguments + 1
        else
            charge_budget(budget_at(key, ARGV[arg + 2]), id, 0)
            key, arg = key + 3, arg + 7
        end
    end
    redis.call('DEL', request)
end
redis.call('HSET', request, 'released', '1')
redis.call('PEXPIRE', request, ARGV[3])
return { '1', '', '' }
