package io.rateguard.console.limits;

import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.List;

/**
 * What a limit would have refused of the requests that were let through in a range of time.
 *
 * @param until up to when they were looked at: the range's end, unless there were more than are looked at
 * @param counts of all that the limit is about
 * @param whose the counters that would have refused most, the most first
 * @param when the range in equal parts; those after {@code until} are left out
 * @param first the first requests that it would have refused
 */
public record Backtested(
        LimitRule rule,
        Instant from,
        Instant to,
        Instant until,
        Counts counts,
        List<Whose> whose,
        List<Part> when,
        List<RequestId> first) {

    public Backtested {
        whose = List.copyOf(whose);
        when = List.copyOf(when);
        first = List.copyOf(first);
    }

    public boolean isWhole() {
        return !until.isBefore(to);
    }

    /** @param cost of those that would have been refused */
    public record Counts(long requests, long refused, Money cost) {

        static final Counts NONE = new Counts(0, 0, Money.ZERO);

        static Counts one(boolean isRefused, Money cost) {
            return new Counts(1, isRefused ? 1 : 0, isRefused ? cost : Money.ZERO);
        }

        Counts plus(Counts other) {
            return new Counts(requests + other.requests, refused + other.refused, cost.plus(other.cost));
        }
    }

    /** @param values of what the limit counts apart, in its order; none where it counts all together */
    public record Whose(List<String> values, Counts counts) {}

    public record Part(Instant start, Counts counts) {}
}
