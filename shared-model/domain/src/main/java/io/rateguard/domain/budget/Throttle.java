package io.rateguard.domain.budget;

import io.rateguard.domain.money.Money;
import java.util.OptionalLong;

/**
 * A rung of a ladder that slows requests down: once so many percent of the amount are spent or held, every limit that a
 * request matches is counted with a share of its capacity and refill.
 *
 * @param percent of the amount
 * @param toPercent the share of each limit
 * @param requestsPerMinute how many pass where no limit matches, a bucket for each counter of the budget; empty: all
 */
public record Throttle(int percent, int toPercent, OptionalLong requestsPerMinute) {

    public static final int MOST_PERCENT = 100;
    public static final int MOST_TO_PERCENT = 99;
    public static final long MOST_REQUESTS_PER_MINUTE = 1_000_000;

    public Throttle {
        require("percent", percent, MOST_PERCENT);
        require("toPercent", toPercent, MOST_TO_PERCENT);
        requestsPerMinute.ifPresent(most -> require("requestsPerMinute", most, MOST_REQUESTS_PER_MINUTE));
    }

    /** It holds once this much is spent or held. */
    public Money at(Money amount) {
        return Ladder.share(amount, percent);
    }

    /** The share of what a limit lets pass: at least 1, and 0 stays 0. */
    public static long share(long most, int percent) {
        return most == 0 ? 0 : Math.max(1, most / 100 * percent + most % 100 * percent / 100);
    }

    private static void require(String field, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("ladder." + field + ": " + value + " (expected: 1 to " + most + ")");
        }
    }
}
