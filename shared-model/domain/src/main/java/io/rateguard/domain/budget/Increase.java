package io.rateguard.domain.budget;

import io.rateguard.domain.money.Money;
import java.time.Instant;

/**
 * More money for a budget, for a while.
 *
 * @param until when it ends: from that instant on it does not count
 */
public record Increase(Money amount, Instant until) {

    public Increase {
        if (amount.nanos() < 1 || amount.nanos() > Money.MAX_COUNTED_NANOS) {
            throw new IllegalArgumentException(
                    "amountNanos: " + amount.nanos() + " (expected: 1 to " + Money.MAX_COUNTED_NANOS + ")");
        }
    }

    boolean countsAt(Instant instant) {
        return instant.isBefore(until);
    }
}
