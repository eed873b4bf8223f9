-- request: what is known of a request under way.
-- key       rl:req:{<workspaceId>}:<requestId>   text, as admit.lua writes it

local RELEASED = 'released'

-- When it was admitted, which of its entries took nothing (from 1, separated by spaces), which shadows would have
-- refused it, and which key holds, where that was said; nil of one that is not known or was released.
local function read_request(known)
    if not known or known == RELEASED then
        return nil
    end
    return match(known, '^(%d+)\n([^\n]*)\n([^\n]*)\n?(.*)$')
end
