package io.rateguard.counters;

import io.rateguard.domain.id.WorkspaceId;

/** What is counted of a workspace's budgets cannot be trusted until it has been rebuilt; nothing was changed. */
public final class CountersCold extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CountersCold(WorkspaceId workspace) {
        super("budgets of workspace " + workspace + " are being rebuilt", null, false, false);
    }
}
