package io.rateguard.domain.limit;

import java.util.ArrayList;
import java.util.List;

/**
 * The instants at which a logged {@link SlidingWindow} let requests pass, in milliseconds, oldest first. A clock that
 * has stepped back stands until it is past the last of them.
 */
public record SlidingLogState(List<Long> instants) {

    public static final SlidingLogState EMPTY = new SlidingLogState(List.of());

    public SlidingLogState {
        instants = List.copyOf(instants);
    }

    /** Without what the window that ends now no longer covers. */
    public SlidingLogState at(SlidingWindow limit, long nowMillis) {
        long start = clock(nowMillis) - limit.window().toMillis();
        return new SlidingLogState(
                instants.stream().filter(instant -> instant > start).toList());
    }

    public boolean has(SlidingWindow limit) {
        return instants.size() < limit.max();
    }

    public SlidingLogState plus(long nowMillis) {
        List<Long> more = new ArrayList<>(instants);
        more.add(clock(nowMillis));
        return new SlidingLogState(more);
    }

    public SlidingLogState minus(long instantMillis) {
        List<Long> fewer = new ArrayList<>(instants);
        fewer.remove(instantMillis);
        return new SlidingLogState(fewer);
    }

    /** Milliseconds until another request passes; 0 when it passes now, {@link Long#MAX_VALUE} when none ever does. */
    public long millisUntilOneMore(SlidingWindow limit, long nowMillis) {
        if (has(limit)) {
            return 0;
        }
        if (limit.max() == 0) {
            return Long.MAX_VALUE;
        }
        long leaves = instants.get(instants.size() - (int) limit.max());
        return leaves + limit.window().toMillis() - clock(nowMillis);
    }

    /** Milliseconds until the last of them is no longer covered. */
    public long millisUntilEmpty(SlidingWindow limit, long nowMillis) {
        return instants.isEmpty() ? 0 : instants.getLast() + limit.window().toMillis() - clock(nowMillis);
    }

    private long clock(long nowMillis) {
        return instants.isEmpty() ? nowMillis : Math.max(nowMillis, instants.getLast());
    }
}
