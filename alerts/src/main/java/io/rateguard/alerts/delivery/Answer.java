package io.rateguard.alerts.delivery;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the receiver of a webhook answered.
 *
 * @param beginning of its body, on one line and without the secret address; may be empty
 * @param pause what it asked for before the next attempt; zero when it did not
 */
record Answer(int status, String beginning, Duration pause) {

    /** How much of a body is read. */
    static final int MOST_BYTES = 1_024;

    private static final int MOST_CHARS = 200;
    private static final int SHORTEST_SECRET = 4;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** What a receiver says that does not know the address or what comes to it. */
    private static final Set<Integer> REFUSED = Set.of(400, 401, 403, 404, 405, 410);

    /**
     * @param body the beginning of it
     * @param retryAfter the header; empty without one
     */
    static Answer of(int status, String body, String retryAfter, URI address) {
        return new Answer(status, beginning(body, address), pause(retryAfter));
    }

    boolean isTaken() {
        return status / 100 == 2;
    }

    boolean isRefused() {
        return REFUSED.contains(status);
    }

    /** The status, and the beginning where there is one. */
    @Override
    public String toString() {
        return beginning.isEmpty() ? Integer.toString(status) : status + ": " + beginning;
    }

    private static String beginning(String body, URI address) {
        String line = body.replaceAll("[\\p{Cntrl}\\p{Cf}\\uFFFD\\s]+", " ").strip();
        for (String secret : secrets(address)) {
            line = line.replace(secret, "…");
        }
        return line.length() <= MOST_CHARS ? line : line.substring(0, MOST_CHARS - 1) + "…";
    }

    /** A receiver may repeat the address that it was called by. */
    private static List<String> secrets(URI address) {
        return Stream.of(
                        address.getRawPath(),
                        address.getPath(),
                        String.valueOf(address.getRawQuery()),
                        String.valueOf(address.getQuery()))
                .flatMap(part -> Arrays.stream(part.split("[/&=?]")))
                .filter(part -> part.length() >= SHORTEST_SECRET)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Duration pause(String retryAfter) {
        if (!retryAfter.matches("\\d{1,9}")) {
            return Duration.ZERO;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(retryAfter));
        return asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE;
    }
}
