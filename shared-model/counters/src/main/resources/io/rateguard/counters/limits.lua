-- limits: the kinds of limits, by the name that stands before their arguments. A kind has
--   arguments              how many follow its name; the last is the amount
--   is_text                whether its key holds one text, which is read with those of others in one call
--   read(limit, now_ms, percent)   the counter as it stands now, with that share of what it lets pass; limit has its key,
--                          arg, the first of its arguments, and, where it is one, the text it holds, or false
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
    return math.max(1, quotient(most, 100) * percent + quotient(fmod(most, 100) * percent, 100))
end

-- Reads the texts of those among these entries that are limits and hold one.
local function read_texts(entries)
    local keys, limits = {}, {}
    for _, entry in ipairs(entries) do
        if entry.kind and entry.kind.is_text then
            keys[#keys + 1] = entry.key
            limits[#limits + 1] = entry
        end
    end
    if #keys > 0 then
        for i, text_held in ipairs(call('MGET', unpack(keys))) do
            limits[i].text = text_held
        end
    end
end
