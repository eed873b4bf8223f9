package io.rateguard.console.alerts;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.domain.alert.AlertKind;
import io.rateguard.domain.alert.AlertKind.Threshold;
import io.rateguard.domain.budget.Ladder;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks what rules watch. */
final class Whens {

    private static final int WHOLE = 100;
    private static final int MOST_MULTIPLE = 100_000;
    private static final int MINUTE_SECONDS = 60;
    private static final int DAY_SECONDS = (int) Duration.ofDays(1).toSeconds();
    private static final int QUARTER_SECONDS = 90 * DAY_SECONDS;
    private static final int MOST_MILLIS = (int) Duration.ofHours(1).toMillis();
    private static final int MOST_MINIMUM = 1_000_000;

    private Whens() {}

    static AlertKind kind(NewAlertRule.When when) {
        String type = Fields.require("when.type", when.type());
        return AlertKind.ofWireName(type)
                .orElseThrow(() -> Problem.invalid("when.type: " + type + " (expected: "
                        + Arrays.stream(AlertKind.values())
                                .map(AlertKind::wireName)
                                .collect(Collectors.joining(", "))
                        + ")"));
    }

    static @Nullable Integer percent(AlertKind kind, @Nullable Integer percent) {
        if (kind.unit() != Threshold.PERCENT) {
            return none(kind, "when.percent", percent);
        }
        return switch (kind) {
            case BUDGET_THRESHOLD, FORECAST -> within("when.percent", percent, 1, Ladder.MOST_PERCENT);
            case SPIKE, SURGE -> within("when.percent", percent, WHOLE + 1, MOST_MULTIPLE);
            case ERROR_RATE, REFUSALS, UPSTREAM_FAILING, RUNAWAY, LATENCY, KEY_EXPIRING, UNPRICED, DEGRADED ->
                within("when.percent", percent, 1, WHOLE);
        };
    }

    static @Nullable Integer millis(AlertKind kind, @Nullable Integer millis) {
        return kind.unit() == Threshold.MILLIS
                ? within("when.millis", millis, 1, MOST_MILLIS)
                : none(kind, "when.millis", millis);
    }

    /** Whole minutes: what is judged is counted by the minute. */
    static @Nullable Integer windowSeconds(AlertKind kind, @Nullable Integer seconds) {
        if (kind.window().isZero()) {
            return none(kind, "when.windowSeconds", seconds);
        }
        int most = kind == AlertKind.KEY_EXPIRING ? QUARTER_SECONDS : DAY_SECONDS;
        within("when.windowSeconds", seconds, MINUTE_SECONDS, most);
        if (seconds != null && seconds % MINUTE_SECONDS != 0) {
            throw Problem.invalid("when.windowSeconds: " + seconds + " (expected: whole minutes)");
        }
        return seconds;
    }

    static @Nullable Integer minimum(AlertKind kind, @Nullable Integer minimum) {
        return kind.minimum() == 0
                ? none(kind, "when.minimum", minimum)
                : within("when.minimum", minimum, 1, MOST_MINIMUM);
    }

    private static @Nullable Integer within(String field, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw Problem.invalid(field + ": " + value + " (expected: " + least + " to " + most + ")");
        }
        return value;
    }

    private static @Nullable Integer none(AlertKind kind, String field, @Nullable Integer value) {
        if (value != null) {
            throw Problem.invalid(field + ": " + value + " (expected: absent for " + kind.wireName() + ")");
        }
        return null;
    }
}
