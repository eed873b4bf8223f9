-- adopt: trusts on this server what another one counts no more, since it has handed its keys over.
-- KEYS[1]   the workspace's epoch (epoch.lua)
-- ARGV      the run of the other one
-- returns   { 1 adopted, 0 not }

if call('HGET', KEYS[1], 'run') ~= ARGV[1] then
    return { '0' }
end
call('HSET', KEYS[1], 'run', run_id())
return { '1' }
