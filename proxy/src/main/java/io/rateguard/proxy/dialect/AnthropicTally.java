package io.rateguard.proxy.dialect;

import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import org.jspecify.annotations.Nullable;

/**
 * Reports are cumulative, so for each figure the last one named wins. {@code input_tokens} excludes what was read from or
 * written to the cache.
 */
final class AnthropicTally implements Tally<AnthropicUsage> {

    private final boolean streamed;
    private final Counts<AnthropicUsage> counts = new Counts<>(AnthropicUsage.values().length);
    private final PassedText passed = new PassedText();
    private final SelfCheck selfCheck = new SelfCheck();
    private @Nullable String eventType;
    private @Nullable String model;
    private @Nullable String serviceTier;
    private boolean reported;
    private boolean stopReason;
    private boolean failed;
    private boolean finished;

    AnthropicTally(boolean streamed) {
        this.streamed = streamed;
    }

    @Override
    public void enter(AnthropicUsage field) {
        failed |= field == AnthropicUsage.ERROR;
    }

    @Override
    public void leave(AnthropicUsage field) {
        reported |= field == AnthropicUsage.REPORT;
    }

    @Override
    public void number(AnthropicUsage field, long value) {
        counts.set(field, value);
    }

    @Override
    public void string(AnthropicUsage field, CapturedText text) {
        switch (field) {
            case TYPE -> eventType = text.value();
            case MODEL -> model = text.value(model);
            case SERVICE_TIER -> serviceTier = text.value(serviceTier);
            case STOP_REASON -> stopReason = true;
            case TEXT -> passed.add(text);
            default -> {}
        }
    }

    @Override
    public void documentEnded(boolean complete) {
        failed |= "error".equals(eventType);
        finished |= complete && (!streamed || "message_stop".equals(eventType));
        eventType = null;
    }

    @Override
    public void done() {}

    @Override
    public boolean onlyReportedUsage() {
        return false;
    }

    @Override
    public Reading reading() {
        boolean whole = finished && !failed;
        if (!counts.knows(AnthropicUsage.INPUT) && !counts.knows(AnthropicUsage.OUTPUT)) {
            return new Reading(passed.usage(), passed.source(), model, serviceTier, whole);
        }
        boolean last = reported && (!streamed || finished || stopReason);
        return last
                ? new Reading(
                        usage(counts.orZero(AnthropicUsage.OUTPUT)), UsageSource.PROVIDER, model, serviceTier, whole)
                : new Reading(usage(outputSoFar()), UsageSource.PARTIAL, model, serviceTier, whole);
    }

    /** The first report names the output begun, not the output to come. */
    private long outputSoFar() {
        return Math.max(counts.orZero(AnthropicUsage.OUTPUT), passed.tokens());
    }

    private Usage usage(long output) {
        long oneHour = counts.orZero(AnthropicUsage.CACHE_WRITE_1H);
        long split = oneHour + counts.orZero(AnthropicUsage.CACHE_WRITE_5M);
        long written = counts.knows(AnthropicUsage.CACHE_WRITE) ? counts.orZero(AnthropicUsage.CACHE_WRITE) : split;
        TokenCount count = new TokenCount();
        count.beside(UsageClass.INPUT, counts.orZero(AnthropicUsage.INPUT))
                .beside(UsageClass.CACHE_READ, counts.orZero(AnthropicUsage.CACHE_READ))
                .beside(UsageClass.WEB_SEARCHES, counts.orZero(AnthropicUsage.WEB_SEARCHES))
                .check(written >= split);
        count.split(Math.max(written, split))
                .part(UsageClass.CACHE_WRITE_1H, oneHour)
                .rest(UsageClass.CACHE_WRITE_5M);
        count.split(output)
                .part(UsageClass.REASONING, counts.orZero(AnthropicUsage.THINKING))
                .rest(UsageClass.OUTPUT);
        return selfCheck.usage(count, counts, model);
    }
}
