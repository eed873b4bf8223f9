-- bucket: a token bucket, step by step as TokenBucketState counts it.
-- key       rl:tb:{<workspaceId>}:<limitId>:<partition>   fields: level, fraction (of the next unit, in 1/period), refilled_ms
-- arguments 'tb', capacity, refill, period (in ticks), tick_ms, amount
-- expires   a minute after it would be full again: a bucket that is not there is full

local BUCKET_MARGIN_MS = 60000
-- A debt below this is forgotten, so that capacity - level stays exact.
local LEAST_LEVEL = -4503599627370496

local function refill_bucket(bucket, now)
    local elapsed = now - bucket.tick
    if elapsed <= 0 then
        return
    end
    bucket.tick = now
    local missing = bucket.capacity - bucket.level
    local whole = quotient(elapsed, bucket.period)
    if missing <= 0 or (bucket.refill > 0 and whole > quotient(missing, bucket.refill)) then
        bucket.level, bucket.fraction = bucket.capacity, 0
        return
    end
    local earned = math.fmod(elapsed, bucket.period) * bucket.refill + bucket.fraction
    local regained = whole * bucket.refill + quotient(earned, bucket.period)
    if regained >= missing then
        bucket.level, bucket.fraction = bucket.capacity, 0
        return
    end
    bucket.level = bucket.level + regained
    bucket.fraction = math.fmod(earned, bucket.period)
end

local function read_bucket(key, arg, now_ms, percent)
    local bucket = {
        key = key,
        capacity = shared(tonumber(ARGV[arg]), percent),
        refill = shared(tonumber(ARGV[arg + 1]), percent),
        period = tonumber(ARGV[arg + 2]),
        tick_ms = tonumber(ARGV[arg + 3]),
        fraction = 0,
    }
    local now = quotient(now_ms, bucket.tick_ms)
    local stored = redis.call('HMGET', key, 'level', 'fraction', 'refilled_ms')
    if not stored[1] then
        bucket.level, bucket.tick = bucket.capacity, now
        return bucket
    end
    -- The rule may have changed since: less capacity, another period.
    bucket.level = math.min(tonumber(stored[1]), bucket.capacity)
    bucket.tick = quotient(tonumber(stored[3]), bucket.tick_ms)
    if tonumber(stored[2]) < bucket.period then
        bucket.fraction = tonumber(stored[2])
    end
    refill_bucket(bucket, now)
    return bucket
end

-- Ticks until the bucket has the amount; -1: never, or later than can be counted.
local function ticks_until(bucket, amount)
    if bucket.level >= amount then
        return 0
    end
    if bucket.refill == 0 or amount > bucket.capacity then
        return -1
    end
    local missing = amount - bucket.level
    local whole = quotient(missing, bucket.refill)
    if whole >= quotient(MOST, bucket.period) then
        return -1
    end
    local rest = math.fmod(missing, bucket.refill) * bucket.period - bucket.fraction
    return math.max(whole * bucket.period + ceil_quotient(rest, bucket.refill), 1)
end

local function bucket_has(bucket, amount)
    return bucket.capacity > 0 and bucket.level >= amount
end

-- A negative amount gives back, never above the capacity.
local function take_from_bucket(bucket, amount)
    bucket.level = math.max(bucket.level - amount, LEAST_LEVEL)
    if bucket.level >= bucket.capacity then
        bucket.level, bucket.fraction = bucket.capacity, 0
    end
    redis.call('HSET', bucket.key, 'level', text(bucket.level), 'fraction', text(bucket.fraction),
        'refilled_ms', text(bucket.tick * bucket.tick_ms))
    local ticks = ticks_until(bucket, bucket.capacity)
    if ticks < 0 or ticks >= quotient(MOST, bucket.tick_ms) then
        redis.call('PERSIST', bucket.key)
    else
        redis.call('PEXPIRE', bucket.key, text(ticks * bucket.tick_ms + BUCKET_MARGIN_MS))
    end
end

kinds.tb = {
    arguments = 5,
    read = read_bucket,
    has = bucket_has,
    take = take_from_bucket,
    correct = take_from_bucket,
    level = function(bucket) return bucket.level end,
    until_full = function(bucket) return ticks_until(bucket, bucket.capacity) end,
    retry_after = function(bucket, amount)
        return bucket.capacity > 0 and ticks_until(bucket, amount) or -1
    end,
}
