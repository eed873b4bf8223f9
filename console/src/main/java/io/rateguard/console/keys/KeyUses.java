package io.rateguard.console.keys;

import io.rateguard.analytics.question.KeyUse;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Service;

/** When keys were last used, as the history of requests has it. */
@Service
public class KeyUses {

    /** What is older counts as unused. */
    public static final Duration REACH = Duration.ofDays(90);

    private final Access access;
    private final KeyUse history;
    private final Clock clock;

    KeyUses(Access access, KeyUse history, Clock clock) {
        this.access = access;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Of each key of a workspace that was used of late, the beginning of the last minute in which it was; it may take as
     * long as the history does.
     */
    public Map<ApiKeyId, Instant> last(WorkspaceId workspace) {
        access.require(workspace, Action.READ);
        return history.ask(workspace, clock.instant().minus(REACH));
    }
}
