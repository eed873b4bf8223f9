package io.rateguard.domain.limit;

import io.rateguard.domain.id.RequestId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What a limit would have said to requests that were let through, asked about in the order in which they were. It begins
 * as a new limit does. A request takes when it begins, as far as the limit reaches, and its use is put right and its place
 * given back when it ends; one that would have been refused takes nothing.
 */
public final class Backtest {

    /** So many partitions are counted apart. */
    private static final int MOST_COUNTERS = 100_000;

    private final LimitRule rule;
    private final int most;
    private final Map<String, LimitCounter> counters = new HashMap<>();
    private final PriorityQueue<UnderWay> underWay = new PriorityQueue<>(Comparator.comparingLong(UnderWay::endMillis));

    public Backtest(LimitRule rule) {
        this(rule, MOST_COUNTERS);
    }

    Backtest(LimitRule rule, int most) {
        this.rule = rule;
        this.most = most;
    }

    /**
     * A request that was let through.
     *
     * @param amount what it came to, in the unit of the limit
     */
    public record Past(RequestId id, RequestFacts facts, long atMillis, long endMillis, long amount) {}

    /** What it would have been answered. */
    public enum Answer {
        /** The limit is not about such requests. */
        NOT_WATCHED,
        PASSES,
        REFUSED,
        /** There is more than can be followed: from here on nothing can be told. */
        TOO_MUCH
    }

    public Answer ask(Past past) {
        if (!rule.match().matches(past.facts())) {
            return Answer.NOT_WATCHED;
        }
        long now = past.atMillis();
        end(now);
        String partition = Partition.of(rule.per(), past.facts());
        if (!counters.containsKey(partition) && !hasRoom(now)) {
            return Answer.TOO_MUCH;
        }
        LimitCounter counter = counters.computeIfAbsent(partition, unseen -> LimitCounter.of(rule.limit(), now));
        long taken = rule.limit().taking(past.amount());
        if (!counter.has(taken, now)) {
            return Answer.REFUSED;
        }
        long end = Math.max(past.endMillis(), now);
        counter.take(taken, past.id(), now, end - now + 1);
        underWay.add(new UnderWay(counter, past.id(), now, end, past.amount() - taken));
        return Answer.PASSES;
    }

    private void end(long now) {
        while (!underWay.isEmpty() && underWay.peek().endMillis() <= now) {
            underWay.poll().end();
        }
    }

    /** A counter that has all of its own again is as good as none. */
    private boolean hasRoom(long now) {
        if (counters.size() >= most) {
            counters.values().removeIf(counter -> counter.millisUntilFull(now) == 0);
        }
        return counters.size() < most;
    }

    private record UnderWay(LimitCounter counter, RequestId id, long takenAtMillis, long endMillis, long beyond) {

        void end() {
            counter.correct(beyond, id, takenAtMillis, endMillis);
        }
    }
}
