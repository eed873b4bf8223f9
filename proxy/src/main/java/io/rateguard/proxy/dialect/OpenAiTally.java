package io.rateguard.proxy.dialect;

import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last report that is not null wins, whichever chunk carries it. {@code prompt_tokens} includes cached and audio
 * tokens, {@code completion_tokens} reasoning and audio.
 */
final class OpenAiTally implements Tally<OpenAiUsage> {

    private static final Logger log = LoggerFactory.getLogger(OpenAiTally.class);

    private final boolean streamed;
    /** The last whole report, and the one being read: half a report would pass for a cheap one. */
    private Counts<OpenAiUsage> counts = new Counts<>(OpenAiUsage.values().length);

    private Counts<OpenAiUsage> arriving = new Counts<>(OpenAiUsage.values().length);
    private final PassedText passed = new PassedText();
    private @Nullable String model;
    private @Nullable String serviceTier;
    private boolean reportInEvent;
    private boolean choiceInEvent;
    private boolean onlyReportedUsage;
    private boolean reportIsLast;
    private boolean answered;
    private boolean failed;
    private boolean done;
    private boolean disagreementLogged;

    OpenAiTally(boolean streamed) {
        this.streamed = streamed;
    }

    @Override
    public void enter(OpenAiUsage field) {
        switch (field) {
            case CHOICE -> choiceInEvent = true;
            case ERROR -> failed = true;
            case REPORT -> arriving.clear();
            default -> {}
        }
    }

    @Override
    public void leave(OpenAiUsage field) {
        if (field == OpenAiUsage.REPORT) {
            Counts<OpenAiUsage> whole = arriving;
            arriving = counts;
            counts = whole;
            reportInEvent = true;
        }
    }

    @Override
    public void number(OpenAiUsage field, long value) {
        arriving.set(field, value);
    }

    @Override
    public void string(OpenAiUsage field, CapturedText text) {
        switch (field) {
            case MODEL -> model = text.value();
            case SERVICE_TIER -> serviceTier = text.value();
            case FINISH_REASON -> answered = true;
            case TEXT -> passed.add(text);
            case ERROR -> failed = true;
            default -> {}
        }
    }

    @Override
    public void documentEnded(boolean complete) {
        onlyReportedUsage = complete && reportInEvent && !choiceInEvent && !failed;
        reportIsLast |= onlyReportedUsage;
        done |= complete && !streamed;
        reportInEvent = false;
        choiceInEvent = false;
    }

    @Override
    public void done() {
        done = true;
    }

    @Override
    public boolean onlyReportedUsage() {
        return onlyReportedUsage;
    }

    @Override
    public Reading reading() {
        boolean finished = done && !failed;
        if (counts.knows(OpenAiUsage.PROMPT) || counts.knows(OpenAiUsage.COMPLETION)) {
            boolean last = !streamed || reportIsLast || done || answered;
            UsageSource source = last ? UsageSource.PROVIDER : UsageSource.PARTIAL;
            return new Reading(reportedUsage(), source, model, serviceTier, finished);
        }
        return new Reading(passed.usage(), passed.source(), model, serviceTier, finished);
    }

    private Usage reportedUsage() {
        long prompt = counts.orZero(OpenAiUsage.PROMPT);
        long cached = Math.min(counts.orZero(OpenAiUsage.CACHED), prompt);
        long audioIn = Math.min(counts.orZero(OpenAiUsage.PROMPT_AUDIO), prompt - cached);
        long completion = counts.orZero(OpenAiUsage.COMPLETION);
        long reasoning = Math.min(counts.orZero(OpenAiUsage.REASONING), completion);
        long audioOut = Math.min(counts.orZero(OpenAiUsage.COMPLETION_AUDIO), completion - reasoning);
        logDisagreement(prompt, completion, cached + audioIn, reasoning + audioOut);
        return Usage.builder()
                .set(UsageClass.INPUT, prompt - cached - audioIn)
                .set(UsageClass.CACHE_READ, cached)
                .set(UsageClass.INPUT_AUDIO, audioIn)
                .set(UsageClass.OUTPUT, completion - reasoning - audioOut)
                .set(UsageClass.REASONING, reasoning)
                .set(UsageClass.OUTPUT_AUDIO, audioOut)
                .build();
    }

    private void logDisagreement(long prompt, long completion, long promptParts, long completionParts) {
        boolean agrees = !counts.odd()
                && promptParts == counts.orZero(OpenAiUsage.CACHED) + counts.orZero(OpenAiUsage.PROMPT_AUDIO)
                && completionParts == counts.orZero(OpenAiUsage.REASONING) + counts.orZero(OpenAiUsage.COMPLETION_AUDIO)
                && (!counts.knows(OpenAiUsage.TOTAL) || counts.orZero(OpenAiUsage.TOTAL) == prompt + completion);
        if (!agrees && !disagreementLogged) {
            disagreementLogged = true;
            log.debug(
                    "usage report disagrees with itself: model={} prompt={} completion={} total={}",
                    model,
                    prompt,
                    completion,
                    counts.orZero(OpenAiUsage.TOTAL));
        }
    }
}
