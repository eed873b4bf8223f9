package io.rateguard.proxy.answer;

import io.netty.handler.codec.http.HttpHeaders;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.money.Money;
import io.rateguard.proxy.stage.Headroom;
import java.util.List;
import java.util.Locale;

/** RateGuard's own reply headers, each written in one place. */
public final class ReplyHeaders {

    public static final String REQUEST_ID = "X-RateGuard-Request-Id";
    public static final String DECISION = "X-RateGuard-Decision";
    /** The code of what RateGuard itself has to say: a reply without it is the upstream's. */
    public static final String ERROR = "X-RateGuard-Error";

    public static final String DEGRADED = "X-RateGuard-Degraded";
    public static final String COST_CENTS = "X-RateGuard-Cost-Cents";
    public static final String LATENCY_MS = "X-RateGuard-Latency-Ms";
    public static final String OVERHEAD_MS = "X-RateGuard-Overhead-Ms";
    public static final String BUDGET_LIMIT_CENTS = "X-RateGuard-Budget-Limit-Cents";
    public static final String BUDGET_REMAINING_CENTS = "X-RateGuard-Budget-Remaining-Cents";
    public static final String LIMIT = "X-RateLimit-Limit";
    public static final String REMAINING = "X-RateLimit-Remaining";
    public static final String RESET = "X-RateLimit-Reset";
    public static final String POLICY_LIST = "RateLimit-Policy";
    public static final String LIMIT_LIST = "RateLimit";

    /** Where an upstream's header goes whose name is one of ours. */
    public static final String UPSTREAM_PREFIX = "X-RateGuard-Upstream-";

    private static final List<String> OUR_LIMIT_NAMES =
            List.of("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "ratelimit", "ratelimit-policy");
    private static final String OUR_PREFIX = "x-rateguard-";
    private static final long NEVER = Long.MAX_VALUE;

    private ReplyHeaders() {}

    public static boolean isOurs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(OUR_PREFIX) || OUR_LIMIT_NAMES.contains(lower);
    }

    public static void decided(HttpHeaders headers, RequestId id, Decision decision, Headroom headroom) {
        headers.set(REQUEST_ID, id.value());
        headers.set(DECISION, decision.wireName());
        if (headroom.degraded()) {
            headers.set(DEGRADED, "true");
        }
        headroom.tightestLimit().ifPresent(limit -> {
            headers.set(LIMIT, Long.toString(limit.limit()));
            headers.set(REMAINING, Long.toString(limit.remaining()));
            if (limit.resetMillis() != NEVER) {
                headers.set(RESET, Long.toString(seconds(limit.resetMillis())));
            }
        });
        headroom.tightestBudget().ifPresent(budget -> {
            headers.set(BUDGET_LIMIT_CENTS, budget.amount().cents());
            headers.set(BUDGET_REMAINING_CENTS, budget.remaining().cents());
        });
        if (!headroom.limits().isEmpty()) {
            headers.set(POLICY_LIST, policies(headroom.limits()));
            headers.set(LIMIT_LIST, limits(headroom.limits()));
        }
    }

    public static void timed(HttpHeaders headers, long upstreamMicros, long overheadMicros) {
        headers.set(LATENCY_MS, millis(upstreamMicros));
        headers.set(OVERHEAD_MS, millis(overheadMicros));
    }

    public static void priced(HttpHeaders headers, Money cost) {
        headers.set(COST_CENTS, cost.cents());
    }

    private static String policies(List<Headroom.OfLimit> limits) {
        StringBuilder list = new StringBuilder();
        for (Headroom.OfLimit limit : limits) {
            item(list, limit).append(";q=").append(limit.limit());
            if (limit.windowSeconds() > 0) {
                list.append(";w=").append(limit.windowSeconds());
            }
        }
        return list.toString();
    }

    private static String limits(List<Headroom.OfLimit> limits) {
        StringBuilder list = new StringBuilder();
        for (Headroom.OfLimit limit : limits) {
            item(list, limit).append(";r=").append(limit.remaining());
            if (limit.resetMillis() != NEVER) {
                list.append(";t=").append(seconds(limit.resetMillis()));
            }
        }
        return list.toString();
    }

    /** A structured-field string holds printable ASCII only. */
    private static StringBuilder item(StringBuilder list, Headroom.OfLimit limit) {
        if (!list.isEmpty()) {
            list.append(", ");
        }
        list.append('"');
        for (int i = 0; i < limit.name().length(); i++) {
            char c = limit.name().charAt(i);
            if (c == '"' || c == '\\') {
                list.append('\\').append(c);
            } else {
                list.append(c >= ' ' && c < 0x7f ? c : '?');
            }
        }
        return list.append('"');
    }

    static long seconds(long millis) {
        return Math.ceilDiv(millis, 1_000);
    }

    private static String millis(long micros) {
        long tenths = Math.max(0, micros) / 100;
        return tenths / 10 + "." + tenths % 10;
    }
}
