package io.rateguard.console.playground.ui;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.requests.Requests;
import io.rateguard.console.requests.Requests.Explained;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/** Waits for a request to be recorded, in the name of whoever made this. */
final class RecordedLater {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PACE = Duration.ofMillis(500);

    private final Requests requests;
    private final WorkspaceId workspace;
    private final SecurityContext caller = SecurityContextHolder.getContext();

    RecordedLater(Requests requests, WorkspaceId workspace) {
        this.requests = requests;
        this.workspace = workspace;
    }

    /** On the thread at hand; without it where it is not recorded in time. */
    void await(String requestId, Consumer<Optional<Explained>> then) {
        new DelegatingSecurityContextRunnable(() -> then.accept(find(requestId)), caller).run();
    }

    private Optional<Explained> find(String requestId) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                return Optional.of(requests.explained(workspace, requestId));
            } catch (Problem notYet) {
                if (notYet.status() != HttpStatus.NOT_FOUND) {
                    return Optional.empty();
                }
            }
            LockSupport.parkNanos(PACE.toNanos());
        }
        return Optional.empty();
    }
}
