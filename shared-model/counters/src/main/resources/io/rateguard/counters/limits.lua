-- limits: the kinds of limits, by the name that stands before their arguments. A kind has
--   arguments              how many follow its name; the last is the amount
--   read(key, arg, now_ms, percent)   the counter as it stands now, with that share of what it lets pass; arg is the
--                          first of the arguments
--   has(counter, amount)   whether that much passes
--   take(counter, amount, id, lease_ms)
--   correct(counter, amount, id, charged_ms)   takes more, or gives back (negative), what was taken at that instant
--   level(counter)         what is left
--   until_full(counter)    in ticks; -1: never, or later than can be counted
--   retry_after(counter, amount)   in ticks, as above
local kinds = {}

-- So many percent of what a limit lets pass, rounded down; at least 1, and 0 stays 0.
local function shared(most, percent)
    if percent == 100 or most == 0 then
        return most
    end
    return math.max(1, quotient(most, 100) * percent + quotient(math.fmod(most, 100) * percent, 100))
end
