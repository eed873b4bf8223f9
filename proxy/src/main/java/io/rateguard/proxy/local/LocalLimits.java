package io.rateguard.proxy.local;

import io.rateguard.counters.Admission;
import io.rateguard.counters.Claim;
import io.rateguard.counters.LimitClaim;
import io.rateguard.counters.LimitLevel;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.Limit;
import io.rateguard.domain.limit.LimitCounter;
import io.rateguard.domain.limit.LimitRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Limits counted by this proxy alone. What was counted stays when the store is back, so that a store that comes and goes
 * does not give everybody a share anew each time.
 */
public final class LocalLimits {

    /** Beyond it, partitions of a limit that are not counted yet are counted together. */
    private static final int MOST_COUNTERS = 100_000;

    private static final String TOGETHER = "*";

    /** A lease ends with its request, or with this process. */
    private static final long LEASE_MILLIS = Duration.ofDays(366).toMillis();

    private record Key(WorkspaceId workspace, LimitId rule, Limit limit, String partition) {}

    private final Map<Key, LimitCounter> counters = new HashMap<>();
    private final int most;

    public LocalLimits() {
        this(MOST_COUNTERS);
    }

    LocalLimits(int most) {
        this.most = most;
    }

    /** Takes from every limit of the claim, or from none of them; budgets are not looked at. */
    public synchronized LocalTaking take(Claim claim, long nowMillis) {
        List<LimitCounter> claimed = claim.limits().stream()
                .map(limit -> counter(claim.workspace(), limit, nowMillis))
                .toList();
        for (int i = 0; i < claimed.size(); i++) {
            LimitClaim limit = claim.limits().get(i);
            if (!claimed.get(i).has(amount(limit), nowMillis)) {
                long wait = claimed.get(i).millisUntil(amount(limit), nowMillis);
                Admission refused =
                        new Admission.LimitReached(limit, nowMillis, wait, levels(claimed, nowMillis), List.of());
                return new LocalTaking(claim, refused, nowMillis, claimed);
            }
        }
        for (int i = 0; i < claimed.size(); i++) {
            claimed.get(i).take(amount(claim.limits().get(i)), claim.request(), nowMillis, LEASE_MILLIS);
        }
        Admission admitted = new Admission.Admitted(nowMillis, List.of(), levels(claimed, nowMillis), List.of());
        return new LocalTaking(claim, admitted, nowMillis, claimed);
    }

    /**
     * Puts right what an admitted request took, and gives its leases back.
     *
     * @param used how much it has used, in the unit of a rule
     */
    public synchronized void settle(LocalTaking taking, ToLongFunction<LimitRule> used, long nowMillis) {
        Claim claim = taking.claim();
        for (int i = 0; i < claim.limits().size(); i++) {
            LimitClaim limit = claim.limits().get(i);
            long beyond = used.applyAsLong(limit.rule()) - amount(limit);
            taking.counters().get(i).correct(beyond, claim.request(), taking.takenAtMillis(), nowMillis);
        }
    }

    private LimitCounter counter(WorkspaceId workspace, LimitClaim claim, long nowMillis) {
        Key own = key(workspace, claim, claim.partition());
        LimitCounter known = counters.get(own);
        if (known != null) {
            return known;
        }
        if (counters.size() >= most) {
            counters.values().removeIf(counter -> counter.millisUntilFull(nowMillis) == 0);
        }
        Key key = counters.size() < most ? own : key(workspace, claim, TOGETHER);
        return counters.computeIfAbsent(
                key, unseen -> LimitCounter.of(claim.rule().limit(), nowMillis));
    }

    private static Key key(WorkspaceId workspace, LimitClaim claim, String partition) {
        return new Key(workspace, claim.rule().id(), claim.rule().limit(), partition);
    }

    private static long amount(LimitClaim claim) {
        return claim.rule().limit().taking(claim.amount());
    }

    private static List<LimitLevel> levels(List<LimitCounter> counters, long nowMillis) {
        List<LimitLevel> levels = new ArrayList<>(counters.size());
        for (LimitCounter counter : counters) {
            levels.add(new LimitLevel(counter.remaining(nowMillis), counter.millisUntilFull(nowMillis)));
        }
        return levels;
    }
}
