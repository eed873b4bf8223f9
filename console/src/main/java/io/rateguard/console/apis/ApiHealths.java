package io.rateguard.console.apis;

import io.rateguard.analytics.question.ApiHealth;
import io.rateguard.analytics.question.ApiHealth.Health;
import io.rateguard.analytics.table.IntakeProgress;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Service;

/** How the providers of a workspace's APIs have answered of late, as the history of requests has it. */
@Service
public class ApiHealths {

    /** What "of late" means. */
    static final Duration SPAN = Duration.ofMinutes(15);

    private static final Health NOTHING = new Health(0, 0, 0, 0, null, 0, null);

    private final Access access;
    private final ApiHealth history;
    private final IntakeProgress progress;
    private final Clock clock;

    ApiHealths(Access access, ApiHealth history, IntakeProgress progress, Clock clock) {
        this.access = access;
        this.history = history;
        this.progress = progress;
        this.clock = clock;
    }

    /** Of the last quarter of an hour that the history has all of; it may take as long as the history does. */
    public Healths read(WorkspaceId workspace) {
        access.require(workspace, Action.READ);
        Instant now = clock.instant();
        Instant upTo = progress.of(workspace)
                .map(IntakeProgress.Reached::at)
                .filter(now::isAfter)
                .orElse(now);
        return new Healths(history.ask(workspace, upTo.minus(SPAN), upTo), upTo);
    }

    /**
     * Of every API.
     *
     * @param bySlug of those that were asked
     * @param upTo what was requested later is not in it
     */
    public record Healths(Map<String, Health> bySlug, Instant upTo) {

        public Standing of(String slug) {
            return Standing.of(bySlug.getOrDefault(slug, NOTHING));
        }
    }

    /**
     * How an API stands, and why.
     *
     * @param why a sentence for people
     */
    public record Standing(State state, String why, Health figures) {

        private static final int ONE_IN = 5;

        static Standing of(Health health) {
            State state = state(health);
            return new Standing(state, HealthWords.why(state, health), health);
        }

        private static State state(Health health) {
            if (health.requests() == 0) {
                return State.QUIET;
            }
            if (isLargePart(health.failed(), health.requests() - health.unanswered())) {
                return State.FAILING;
            }
            return isLargePart(health.unanswered(), health.requests()) ? State.UNANSWERED : State.HEALTHY;
        }

        private static boolean isLargePart(long some, long all) {
            return some > 0 && some * ONE_IN >= all;
        }
    }

    /** In a word. */
    public enum State {
        HEALTHY,
        /** One of five requests whose fate the provider decided went wrong by its doing, or more. */
        FAILING,
        /** One of five requests ended before the provider had answered, or more: it may take longer than callers wait. */
        UNANSWERED,
        /** Nothing was asked of it. */
        QUIET;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
