-- raise: begins the rebuild of a workspace's budgets, unless one is under way or none is needed, or in any case.
-- KEYS[1]   the workspace's epoch (epoch.lua)
-- ARGV      now_ms (empty in production: Redis's own clock), the epoch that the caller has reported in; 0: in none, it
--           has nothing to report; -1: begin in any case
-- returns   { epoch, state }

local now_ms = clock(ARGV[1])
local epoch, state = epoch_of(KEYS[1])
if epoch == '0' or ARGV[2] == '-1' or (state == 'trusted' and ARGV[2] ~= '0' and ARGV[2] ~= epoch) then
    epoch, state = begin_epoch(KEYS[1], 'rebuilding', now_ms), 'rebuilding'
end
return { epoch, state }
