package io.rateguard.console.keys;

import io.rateguard.console.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a key is replaced by a successor.
 *
 * @param graceSeconds how long the old one still works, an hour unless given
 * @param expiresAt when the successor expires; when the old one would have, unless given
 */
public record Rotation(
        @Nullable Long graceSeconds, @Nullable Instant expiresAt) {

    public static final Rotation USUAL = new Rotation(null, null);

    private static final long USUAL_SECONDS = Duration.ofHours(1).toSeconds();
    private static final long MOST_SECONDS = Duration.ofDays(30).toSeconds();

    Duration grace() {
        long seconds = graceSeconds == null ? USUAL_SECONDS : graceSeconds;
        if (seconds < 0 || seconds > MOST_SECONDS) {
            throw Problem.invalid("graceSeconds: " + seconds + " (expected: 0 to " + MOST_SECONDS + ")");
        }
        return Duration.ofSeconds(seconds);
    }
}
