-- reported: says that a proxy has reported all it charged and holds.
-- KEYS[1]   the workspace's epoch (epoch.lua)
-- ARGV      epoch, proxy, its journals, separated by commas
-- returns   { 1 taken, 0 the epoch takes no reports any more }

local epoch, state = epoch_of(KEYS[1])
if epoch ~= ARGV[1] or state ~= 'rebuilding' then
    return { '0' }
end
call('HSET', KEYS[1], 'report:' .. ARGV[2], ARGV[3])
return { '1' }
