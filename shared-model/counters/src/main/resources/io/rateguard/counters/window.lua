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
    local last, current, previous, kept_ms = match(limit.text, '^(%S+) (%S+) (%S+) (%S+)$')
    local tick_ms = tonumber(kept_ms) > LONGEST_IN_MILLIS and 1000 or 1
    local last_ms = tonumber(last) * tick_ms
    -- The rule may have had another length: each count goes where the last that it can hold would be.
    count_at(window, last_ms + tick_ms - 1, tonumber(current))
    count_at(window, last_ms - fmod(last_ms, tonumber(kept_ms)) - 1, tonumber(previous))
    return window
end

local function window_has(window, amount)
    return used_after(window, 0) + amount <= window.max
end

local function keep_window(window)
    local counted = format('%.0f %.0f %.0f %.0f', window.tick, window.current + 0, window.previous + 0,
        window.length * window.tick_ms)
    call('SET', window.key, counted, 'PX', text((ticks_left(window) + window.length) * window.tick_ms + WINDOW_MARGIN_MS))
end

kinds.sw = {
    arguments = 4,
    is_text = true,
    read = read_window,
    has = window_has,
    take = function(window, amount)
        window.current = in_window(window.current + amount)
        keep_window(window)
    end,
    -- As far as the window of that instant still counts.
    correct = function(window, amount, _, charged_ms)
        local charged = quotient(quotient(charged_ms, window.tick_ms), window.length)
        local ago = quotient(window.tick, window.length) - charged
        if ago <= 0 then
            window.current = in_window(window.current + amount)
        elseif ago == 1 then
            window.previous = in_window(window.previous + amount)
        else
            return
        end
        keep_window(window)
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
