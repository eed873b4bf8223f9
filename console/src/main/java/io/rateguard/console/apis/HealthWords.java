package io.rateguard.console.apis;

import io.rateguard.analytics.question.ApiHealth.Health;
import io.rateguard.console.apis.ApiHealths.State;
import io.rateguard.domain.event.Outcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says why an API stands as it does. */
final class HealthWords {

    private static final String SPAN = " in " + ApiHealths.SPAN.toMinutes() + " minutes";

    private HealthWords() {}

    static String why(State state, Health health) {
        return switch (state) {
            case QUIET -> "No request" + SPAN + ".";
            case HEALTHY ->
                requests(health.requests()) + SPAN + ", " + (health.failed() == 0 ? "none" : count(health.failed()))
                        + " failed.";
            case FAILING ->
                count(health.failed()) + " of " + requests(health.requests() - health.unanswered()) + " failed" + SPAN
                        + ". The last time the provider "
                        + reason(health.lastFailedOutcome(), health.lastFailedStatus()) + "."
                        + (health.unanswered() == 0
                                ? ""
                                : " " + count(health.unanswered()) + " more ended unanswered.");
            case UNANSWERED ->
                count(health.unanswered()) + " of " + requests(health.requests()) + SPAN
                        + " ended before the provider had answered: the caller gave up, or the proxy stopped.";
        };
    }

    private static String reason(@Nullable Outcome outcome, int status) {
        return switch (outcome) {
            case UNREACHABLE -> "could not be reached";
            case TIMEOUT -> "took too long";
            case UPSTREAM_CUT -> "broke off";
            case COMPLETED, CLIENT_GONE, INTERRUPTED, REFUSED ->
                switch (status) {
                    case 401, 403 -> "did not accept the secret (" + status + ")";
                    case 429 -> "had too much to do (429)";
                    default -> "answered " + status;
                };
            case null -> "answered " + status;
        };
    }

    private static String requests(long count) {
        return count(count) + (count == 1 ? " request" : " requests");
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
