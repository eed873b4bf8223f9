-- window: a sliding window counted in two windows of fixed bounds, step by step as SlidingWindowState counts it.
-- key       rl:sw:{<workspaceId>}:<limitId>:<partition>   text: tick, current, previous, window_ms
-- arguments 'sw', max, window (in ticks), tick_ms, amount
-- expires   a minute after both windows are over

local WINDOW_MARGIN_MS = 60000
local MOST_IN_WINDOW = 4503599627370496
-- Longer windows are counted in seconds.
local LONGEST_IN_MILLIS = 24 * 3600 * 1000

local function in_window(count)
    return math.max(0, math.min(count, MOST_IN_WINDOW))
end

-- count * part / whole, rounded up, without a product above what is counted exactly.
local function share(count, part, whole)
    return quotient(count, whole) * part + ceil_quotient(fmod(count, whole) * part, whole)
end

local function ticks_left(window)
    return window.length - fmod(window.tick, window.length)
end

local function used_after(window, ticks)
    local left = ticks_left(window)
    if ticks < left then
        return window.current + share(window.previous, left - ticks, window.length)
    end
    return share(window.current, window.length - (ticks - left), window.length)
end

-- Counts in the windows that there are now what passed no later than an instant.
local function count_at(window, instant_ms, count)
    local before = quotient(quotient(instant_ms, window.tick_ms), window.length)
    local passed = quotient(window.tick, window.length) - before
    if passed <= 0 then
        if passed < 0 then
            window.tick = before * window.length
        end
        window.current = in_window(window.current + count)
    elseif passed == 1 then
        window.previous = in_window(window.previous + count)
    end
end

local function read_window(limit, now_ms, percent)
    local arg = limit.arg
    local window = {
        key = limit.key,
        max = shared(tonumber(ARGV[arg]), percent),
        length = tonumber(ARGV[arg + 1]),
        tick_ms = tonumber(ARGV[arg + 2]),
        current = 0,
        previous = 0,
    }
    window.tick = quotient(now_ms, window.tick_ms)
    if not limit.text then
        return window
    end
    local tick, current, previous, kept_ms = match(limit.text, '^(%S+) (%S+) (%S+) (%S+)$')
    local kept = { key = limit.key, tick = tonumber(tick), current = tonumber(current), previous = tonumber(previous) }
    kept.tick_ms = tonumber(kept_ms) > LONGEST_IN_MILLIS and 1000 or 1
    kept.length = quotient(tonumber(kept_ms), kept.tick_ms)
    window.kept = kept
    -- The rule may have had another length: each count goes where the last that it can hold would be.
    count_at(window, (kept.tick + 1) * kept.tick_ms - 1, kept.current)
    count_at(window, (kept.tick - fmod(kept.tick, kept.length)) * kept.tick_ms - 1, kept.previous)
    return window
end

local function window_has(window, amount)
    return used_after(window, 0) + amount <= window.max
end

local function keep_window(window, ...)
    local counted = format('%.0f %.0f %.0f %.0f', window.tick, window.current + 0, window.previous + 0,
        window.length * window.tick_ms)
    call('SET', window.key, counted, ...)
end

local function keep_window_from_now(window)
    keep_window(window, 'PX', text((ticks_left(window) + window.length) * window.tick_ms + WINDOW_MARGIN_MS))
end

kinds.sw = {
    arguments = 4,
    is_text = true,
    read = read_window,
    has = window_has,
    take = function(window, amount)
        window.current = in_window(window.current + amount)
        keep_window_from_now(window)
    end,
    -- In the windows that it is counted in, whatever the rule's length, as far as they hold that instant; they stay as
    -- of the last taking.
    correct = function(window, amount, _, charged_ms)
        local counted = window.kept or window
        local charged = quotient(quotient(charged_ms, counted.tick_ms), counted.length)
        local ago = quotient(counted.tick, counted.length) - charged
        if ago <= 0 then
            counted.current = in_window(counted.current + amount)
        elseif ago == 1 then
            counted.previous = in_window(counted.previous + amount)
        else
            return
        end
        if window.kept then
            keep_window(counted, 'KEEPTTL')
        else
            keep_window_from_now(counted)
        end
    end,
    level = function(window) return window.max - used_after(window, 0) end,
    until_full = function(window)
        if window.current > 0 then
            return ticks_left(window) + window.length
        end
        return window.previous > 0 and ticks_left(window) or 0
    end,
    retry_after = function(window, amount)
        if window.max == 0 then
            return -1
        end
        local too_soon, enough = 0, ticks_left(window) + window.length
        while enough - too_soon > 1 do
            local middle = quotient(too_soon + enough, 2)
            if used_after(window, middle) + amount <= window.max then
                enough = middle
            else
                too_soon = middle
            end
        end
        return enough
    end,
}
