-- numbers: whole numbers below 2^53 only, in and out as decimal strings (tostring keeps 14 digits).
local MOST = 9007199254740991

-- Adding 0 turns a negative zero, which Redis does not read as a number, into 0.
local function text(number)
    return format('%.0f', number + 0)
end

local function is_exact(number)
    return number <= MOST and number >= -MOST
end

-- Division of non-negative numbers without the rounding of '/'.
local function quotient(a, b)
    return (a - fmod(a, b)) / b
end

local function ceil_quotient(a, b)
    if a <= 0 then
        return -quotient(-a, b)
    end
    return quotient(a - 1, b) + 1
end

local function clock(given_ms)
    if given_ms ~= '' then
        return tonumber(given_ms)
    end
    local time = call('TIME')
    return tonumber(time[1]) * 1000 + quotient(tonumber(time[2]), 1000)
end
