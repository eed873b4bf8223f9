-- epoch: whether what is counted of a workspace's budgets can be trusted. A server may have been emptied, or come back with
-- less than it had: then no budget of the workspace admits until what was spent has been reported again.
-- key       rl:epoch:{<workspaceId>}   fields: epoch (rises with each rebuild), run (the run of the server that it was
--           trusted on), state (rebuilding: proxies report; closing: none may any more, the ledger's part is added;
--           trusted), since (in ms), report:<proxy> (the journals of a proxy that has reported)
-- expires   never

local run

-- Read once: what this library keeps in memory lives as long as the server's run.
local function run_id()
    run = run or match(call('INFO', 'server'), 'run_id:(%x+)')
    return run
end

-- The epoch and its state; of another run '0', '' and that run.
local function epoch_of(key)
    local stored = call('HMGET', key, 'epoch', 'run', 'state')
    if stored[1] and stored[2] == run_id() then
        return stored[1], stored[3], ''
    end
    return '0', '', stored[2] or ''
end

local function is_trusted(key)
    local _, state = epoch_of(key)
    return state == 'trusted'
end

local function begin_epoch(key, state, now_ms)
    local before = tonumber(call('HGET', key, 'epoch') or '0')
    local epoch = text(math.max(before + 1, now_ms))
    call('DEL', key)
    call('HSET', key, 'epoch', epoch, 'run', run_id(), 'state', state, 'since', text(now_ms))
    return epoch
end
