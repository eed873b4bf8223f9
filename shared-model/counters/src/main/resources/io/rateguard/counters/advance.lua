-- advance: takes an epoch from one state into the next.
-- KEYS[1]   the workspace's epoch (epoch.lua)
-- ARGV      epoch, the state it is in, the state it comes into
-- returns   { 1 it is in that state now, 0 it is not }

local epoch, state = epoch_of(KEYS[1])
if epoch ~= ARGV[1] or (state ~= ARGV[2] and state ~= ARGV[3]) then
    return { '0' }
end
call('HSET', KEYS[1], 'state', ARGV[3])
return { '1' }
