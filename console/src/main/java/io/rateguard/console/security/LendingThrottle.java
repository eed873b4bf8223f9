package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.security.Throttle.Door;
import io.rateguard.domain.id.WorkspaceId;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps a workspace from having keys lent again and again, and from asking for something again and again with them. */
@Component
public class LendingThrottle {

    private static final int MOST = 60;

    private final Throttle throttle;

    LendingThrottle(Throttle throttle) {
        this.throttle = throttle;
    }

    /**
     * Before each key; objects where there were too many of late.
     *
     * @param purpose what it is lent for: each is counted apart
     */
    public void enter(WorkspaceId workspace, String purpose) {
        if (!throttle.enter(List.of(new Door("keys of " + workspace + " lent for a " + purpose, MOST)))) {
            throw Problem.tooMany(purpose + ": more than " + MOST
                    + " in a quarter of an hour (expected: another try when it is over)");
        }
    }
}
