-- bucket: a token bucket, step by step as TokenBucketState counts it.
-- key       rl:tb:{<workspaceId>}:<limitId>:<partition>   text: level, fraction (of the next unit, in 1/period), refilled_ms
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
    local earned = fmod(elapsed, bucket.period) * bucket.refill + bucket.fraction
    local regained = whole * bucket.refill + quotient(earned, bucket.period)
    if regained >= missing then
        bucket.level, bucket.fraction = bucket.capacity, 0
        return
    end
    bucket.level = bucket.level + regained
    bucket.fraction = fmod(earned, bucket.period)
end

local function read_bucket(limit, now_ms, percent)
    local arg = limit.arg
    local bucket = {
        key = limit.key,
        capacity = shared(tonumber(ARGV[arg]), percent),
        refill = shared(tonumber(ARGV[arg + 1]), percent),
        period = tonumber(ARGV[arg + 2]),
        tick_ms = tonumber(ARGV[arg + 3]),
        fraction = 0,
    }
    local now = quotient(now_ms, bucket.tick_ms)
    if not limit.text then
        bucket.level, bucket.tick = bucket.capacity, now
        return bucket
    end
    local level, fraction, refilled_ms = match(limit.text, '^(%S+) (%S+) (%S+)$')
    -- The rule may have changed since: less capacity, another period.
    bucket.level = math.min(tonumber(level), bucket.capacity)
    bucket.tick = quotient(tonumber(refilled_ms), bucket.tick_ms)
    if tonumber(fraction) < bucket.period then
        bucket.fraction = tonumber(fraction)
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
    local rest = fmod(missing, bucket.refill) * bucket.period - bucket.fraction
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
    local counted = format('%.0f %.0f %.0f', bucket.level + 0, bucket.fraction + 0, bucket.tick * bucket.tick_ms)
    local ticks = ticks_until(bucket, bucket.capacity)
    if ticks < 0 or ticks >= quotient(MOST, bucket.tick_ms) then
        call('SET', bucket.key, counted)
    else
        call('SET', bucket.key, counted, 'PX', text(ticks * bucket.tick_ms + BUCKET_MARGIN_MS))
    end
end

kinds.tb = {
    arguments = 5,
    is_text = true,
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
