package io.rateguard.console.requests;

import io.rateguard.console.problem.Problem;
import io.rateguard.domain.id.WorkspaceId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many exports of each workspace hold a connection to the history, for as long as their browsers take. */
final class StreamPlaces {

    static final int OF_A_WORKSPACE = 2;

    private final Map<WorkspaceId, Integer> held = new ConcurrentHashMap<>();

    void hold(WorkspaceId workspace, Runnable export) {
        held.merge(workspace, 1, StreamPlaces::oneMore);
        try {
            export.run();
        } finally {
            held.computeIfPresent(workspace, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    private static int oneMore(int count, int one) {
        if (count == OF_A_WORKSPACE) {
            throw Problem.tooMany("usage: more than " + OF_A_WORKSPACE
                    + " exports of the workspace at once (expected: another try when one has ended)");
        }
        return count + one;
    }
}
