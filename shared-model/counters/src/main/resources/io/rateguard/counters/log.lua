-- log: a sliding window of few requests, each kept by itself, as SlidingLogState keeps them.
-- key       rl:sl:{<workspaceId>}:<limitId>:<partition>   sorted set of request ids by the instant they passed, in ms
-- arguments 'sl', max, window_ms, amount (1, or 0 to look)
-- expires   with its last entry

local function log_between(log, offset)
    return call('ZRANGEBYSCORE', log.key, '(' .. text(log.now_ms - log.window_ms), '+inf',
        'WITHSCORES', 'LIMIT', offset, 1)
end

local function read_log(limit, now_ms, percent)
    local key, arg = limit.key, limit.arg
    local log = { key = key, max = shared(tonumber(ARGV[arg]), percent), window_ms = tonumber(ARGV[arg + 1]) }
    -- A clock that has stepped back stands until it is past the last request.
    local last = call('ZRANGE', key, -1, -1, 'WITHSCORES')[2]
    log.now_ms = math.max(now_ms, tonumber(last or 0))
    log.count = call('ZCOUNT', key, '(' .. text(log.now_ms - log.window_ms), '+inf')
    return log
end

kinds.sl = {
    arguments = 3,
    read = read_log,
    has = function(log, amount) return log.count + amount <= log.max end,
    take = function(log, amount, id)
        if amount > 0 then
            call('ZADD', log.key, text(log.now_ms), id)
            call('ZREMRANGEBYSCORE', log.key, '-inf', text(log.now_ms - log.window_ms))
            call('PEXPIRE', log.key, text(log.window_ms))
            log.count = log.count + 1
        end
    end,
    correct = function(log, amount, id)
        if amount < 0 then
            call('ZREM', log.key, id)
        end
    end,
    level = function(log) return log.max - log.count end,
    until_full = function(log)
        if log.count == 0 then
            return 0
        end
        return tonumber(log_between(log, log.count - 1)[2]) + log.window_ms - log.now_ms
    end,
    retry_after = function(log, amount)
        if log.max == 0 then
            return -1
        end
        return tonumber(log_between(log, log.count + amount - log.max - 1)[2]) + log.window_ms - log.now_ms
    end,
}
