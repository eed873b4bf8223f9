package io.rateguard.standalone.sample;

import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request in all its detail, and the reply it gets when it is let through; all of it drawn from the ask's seed. */
final class Call {

    /** What a token of English text takes, in bytes, and what a request has around its text. */
    private static final double BYTES_PER_TOKEN = 4.3;

    private static final int BYTES_AROUND = 420;
    private static final int BYTES_PER_CHUNK = 190;
    private static final long TIMED_OUT_CONNECTING_MICROS = 2_000_000;

    private final Workload workload;
    private final Instant at;
    private final Instant first;
    private final Draws draws;
    private final long fresh;
    private final long cached;
    private final long written;
    private final long requestBytes;
    private final boolean streamed;

    /** @param first midnight of the history's first day */
    Call(Ask ask, Instant first) {
        this.workload = ask.workload();
        this.at = Instant.ofEpochMilli(ask.atMillis());
        this.first = first;
        this.draws = new Draws(ask.seed());
        boolean hit = draws.happens(0.85);
        this.fresh = draws.tokensAround(workload.prompt().fresh())
                + (hit ? 0 : workload.prompt().cached());
        this.cached = hit ? workload.prompt().cached() : 0;
        this.written = draws.happens(0.4) ? draws.tokensAround(workload.prompt().written()) : 0;
        this.requestBytes = requestBytes();
        this.streamed = draws.happens(workload.answer().streamed());
    }

    boolean streamed() {
        return streamed;
    }

    long requestBytes() {
        if (workload.model() != null) {
            return Math.round((fresh + cached + written) * BYTES_PER_TOKEN) + BYTES_AROUND;
        }
        return workload.route().method().equals("GET") ? 0 : 180;
    }

    /** Nothing, where nothing is metered. */
    Usage likely() {
        return workload.model() == null
                ? Usage.NONE
                : Usage.builder()
                        .set(UsageClass.INPUT, requestBytes / 4)
                        .set(UsageClass.OUTPUT, workload.answer().maxTokens())
                        .build();
    }

    Reply reply() {
        for (Incidents.Outage outage : Incidents.OUTAGES) {
            if (outage.covers(workload.api(), first, at) && draws.happens(outage.failing())) {
                return failed(outage.status());
            }
        }
        if (draws.happens(0.0006)) {
            return new Reply(
                    Outcome.UNREACHABLE, 502, Usage.NONE, UsageSource.NONE, 0, 0, TIMED_OUT_CONNECTING_MICROS, null);
        }
        if (draws.happens(0.005)) {
            return failed(draws.happens(0.4) ? 429 : draws.happens(0.5) ? 500 : 503);
        }
        return answered();
    }

    /** How many times longer than usual the provider takes at that time. */
    private double slowness() {
        return Incidents.SLOWDOWNS.stream()
                .filter(slowdown -> slowdown.covers(workload.api(), first, at))
                .mapToDouble(Incidents.Slowdown::factor)
                .max()
                .orElse(1);
    }

    private Reply failed(int status) {
        long micros = micros(draws.around(workload.pace().firstByteMillis() / 2, 0.6));
        return new Reply(Outcome.COMPLETED, status, Usage.NONE, UsageSource.NONE, 240, micros, micros, null);
    }

    private Reply answered() {
        double slowness = slowness();
        long firstByteMicros = micros(slowness * draws.around(workload.pace().firstByteMillis(), 0.35));
        if (workload.model() == null) {
            int status = workload.route().method().equals("GET") ? 200 : 201;
            return new Reply(
                    Outcome.COMPLETED,
                    status,
                    Usage.NONE,
                    UsageSource.NONE,
                    310,
                    firstByteMicros,
                    firstByteMicros,
                    null);
        }
        long tokens = Math.min(
                draws.tokensAround(workload.answer().tokens()),
                workload.answer().maxTokens());
        long reasoning = Math.round(tokens * workload.answer().reasoning());
        double seconds = slowness * tokens / draws.around(workload.pace().tokensPerSecond(), 0.15);
        long upstreamMicros = firstByteMicros + micros(seconds * 1_000);
        boolean left = streamed && draws.happens(0.008);
        return new Reply(
                left ? Outcome.CLIENT_GONE : Outcome.COMPLETED,
                200,
                usage(tokens, reasoning),
                UsageSource.PROVIDER,
                replyBytes(tokens - reasoning),
                streamed ? firstByteMicros : upstreamMicros,
                upstreamMicros,
                serviceTier());
    }

    private Usage usage(long tokens, long reasoning) {
        return Usage.builder()
                .set(UsageClass.INPUT, fresh)
                .set(UsageClass.CACHE_READ, cached)
                .set(UsageClass.CACHE_WRITE_5M, written)
                .set(UsageClass.OUTPUT, tokens - reasoning)
                .set(UsageClass.REASONING, reasoning)
                .build();
    }

    private long replyBytes(long visibleTokens) {
        return BYTES_AROUND
                + (streamed ? visibleTokens * BYTES_PER_CHUNK : Math.round(visibleTokens * BYTES_PER_TOKEN));
    }

    private @Nullable String serviceTier() {
        return switch (workload.api()) {
            case OPENAI -> "default";
            case ANTHROPIC -> "standard";
            case PAYMENTS -> null;
        };
    }

    /** What RateGuard itself added. */
    long overheadMicros() {
        return Math.round(draws.around(520, 0.4));
    }

    private static long micros(double millis) {
        return Math.round(millis * 1_000);
    }
}
