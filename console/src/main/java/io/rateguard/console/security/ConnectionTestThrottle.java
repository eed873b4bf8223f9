package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.security.Throttle.Door;
import io.rateguard.domain.id.WorkspaceId;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps a workspace from using tests of connections as a way to ask for something again and again. */
@Component
public class ConnectionTestThrottle {

    private static final int MOST = 60;

    private final Throttle throttle;

    ConnectionTestThrottle(Throttle throttle) {
        this.throttle = throttle;
    }

    /** Before each test; objects where there were too many of late. */
    public void enter(WorkspaceId workspace) {
        if (!throttle.enter(List.of(new Door("connection tests of " + workspace, MOST)))) {
            throw Problem.tooMany(
                    "test: more than " + MOST + " in a quarter of an hour (expected: another try when it is over)");
        }
    }
}
