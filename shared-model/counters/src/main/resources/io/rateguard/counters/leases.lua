-- leases: requests under way, as LeaseCounter keeps them.
-- key       rl:cc:{<workspaceId>}:<limitId>:<partition>   sorted set of request ids by the instant their lease ends
-- arguments 'cc', max, retry_ms (when to look again), amount (1, or 0 to look)
-- expires   a minute after its last lease

local LEASES_SWEPT_AT_MOST = 64
-- What has run out stays this long, for a clock that steps back.
local LEASES_KEPT_MS = 60000

local function read_leases(limit, now_ms, percent)
    local key, arg = limit.key, limit.arg
    local leases = { key = key, max = shared(tonumber(ARGV[arg]), percent), retry_ms = tonumber(ARGV[arg + 1]), now_ms = now_ms }
    leases.count = call('ZCOUNT', key, '(' .. text(now_ms), '+inf')
    return leases
end

local function sweep_leases(leases)
    local over = call('ZRANGEBYSCORE', leases.key, '-inf', text(leases.now_ms - LEASES_KEPT_MS),
        'LIMIT', 0, LEASES_SWEPT_AT_MOST)
    if #over > 0 then
        call('ZREM', leases.key, unpack(over))
    end
end

local function lease(key, id, now_ms, lease_ms)
    call('ZADD', key, text(now_ms + lease_ms), id)
    call('PEXPIRE', key, text(lease_ms + LEASES_KEPT_MS))
end

kinds.cc = {
    arguments = 3,
    read = read_leases,
    has = function(leases, amount) return leases.count + amount <= leases.max end,
    take = function(leases, amount, id, lease_ms)
        if amount > 0 then
            sweep_leases(leases)
            lease(leases.key, id, leases.now_ms, lease_ms)
            leases.count = leases.count + 1
        end
    end,
    correct = function(leases, _, id) call('ZREM', leases.key, id) end,
    level = function(leases) return leases.max - leases.count end,
    -- Nobody knows when a request under way will end.
    until_full = function(leases) return leases.count == 0 and 0 or -1 end,
    retry_after = function(leases) return leases.max > 0 and leases.retry_ms or -1 end,
}
