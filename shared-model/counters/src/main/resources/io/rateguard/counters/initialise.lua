-- initialise: lets a workspace that was never admitted before be counted from nothing.
-- KEYS[1]   the workspace's epoch (epoch.lua)
-- ARGV      now_ms (empty in production: Redis's own clock), life_ms (0: for ever)
-- returns   { 1 initialised now, 0 it was before }

if call('EXISTS', KEYS[1]) == 1 then
    return { '0' }
end
begin_epoch(KEYS[1], 'trusted', clock(ARGV[1]))
if ARGV[2] ~= '0' then
    call('PEXPIRE', KEYS[1], ARGV[2])
end
return { '1' }
