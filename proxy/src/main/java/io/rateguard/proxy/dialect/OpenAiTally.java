package io.rateguard.proxy.dialect;

import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import org.jspecify.annotations.Nullable;

/**
 * The last report that is not null wins, whichever chunk carries it; of several spellings in one report the largest. The
 * prompt includes cached and audio tokens, the completion reasoning and audio, unless the provider's {@link Quirks} say
 * otherwise.
 */
final class OpenAiTally implements Tally<OpenAiUsage> {

    private static final String ALWAYS_SEARCHES = "-search-api";
    private static final String ALWAYS_SEARCHES_BY_OLDER_TOOL = "-search-preview";

    private static final double NANOS_PER_DOLLAR = 1e9;
    private static final double TICKS_PER_NANO = 10;

    private final boolean streamed;
    private final Quirks quirks;
    private final boolean hourCache;

    /** The last whole report, and the one being read: half a report would pass for a cheap one. */
    private Counts<OpenAiUsage> counts = new Counts<>(OpenAiUsage.values().length);

    private Counts<OpenAiUsage> arriving = new Counts<>(OpenAiUsage.values().length);
    private final PassedText passed = new PassedText();
    private final HostedTools tools = new HostedTools();
    private final SelfCheck selfCheck = new SelfCheck();
    private @Nullable Long cost;
    private @Nullable Long arrivingCost;
    private @Nullable String eventType;
    private @Nullable String model;
    private @Nullable String serviceTier;
    private boolean reportInEvent;
    private boolean choiceInEvent;
    private boolean onlyReportedUsage;
    private boolean reportIsLast;
    private boolean answered;
    private boolean failed;
    private boolean done;

    /** @param hourCache whether what is written to a cache may stay for an hour */
    OpenAiTally(boolean streamed, Quirks quirks, boolean hourCache) {
        this.streamed = streamed;
        this.quirks = quirks;
        this.hourCache = hourCache;
    }

    @Override
    public void enter(OpenAiUsage field) {
        switch (field) {
            case CHOICE -> choiceInEvent = true;
            case ERROR -> failed = true;
            case ITEM -> tools.itemBegins();
            case REPORT -> {
                arriving.clear();
                arrivingCost = null;
            }
            default -> {}
        }
    }

    @Override
    public void leave(OpenAiUsage field) {
        if (field == OpenAiUsage.ITEM) {
            tools.itemEnds();
        }
        if (field == OpenAiUsage.REPORT) {
            Counts<OpenAiUsage> whole = arriving;
            arriving = counts;
            counts = whole;
            cost = arrivingCost == null ? cost : arrivingCost;
            reportInEvent = true;
        }
    }

    @Override
    public void number(OpenAiUsage field, long value) {
        arriving.raise(field, value);
    }

    @Override
    public void fraction(OpenAiUsage field, double value) {
        switch (field) {
            case COST -> arrivingCost = nanos(value * NANOS_PER_DOLLAR);
            case COST_TICKS -> arrivingCost = nanos(value / TICKS_PER_NANO);
            default -> {}
        }
    }

    @Override
    public void string(OpenAiUsage field, CapturedText text) {
        switch (field) {
            case EVENT -> eventType = text.value();
            case MODEL -> model = text.value(model);
            case SERVICE_TIER -> serviceTier = text.value(serviceTier);
            case FINISH_REASON -> answered = true;
            case TOOL -> tools.tool(text.value());
            case ITEM_TYPE -> tools.itemType(text.value());
            case ITEM_ACTION -> tools.itemAction(text.value());
            case TEXT -> passed.add(text);
            case ERROR -> failed = true;
            default -> {}
        }
    }

    @Override
    public void documentEnded(boolean complete) {
        String type = complete && eventType != null ? eventType : "";
        event(type);
        tools.documentEnds(streamed ? type : HostedTools.WHOLE);
        eventType = null;
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
            return new Reading(reportedUsage(), source, model, serviceTier, finished, cost);
        }
        boolean passedAny =
                passed.source() == UsageSource.COUNTED || !tools.runs().equals(HostedTools.Runs.NONE);
        return passedAny
                ? new Reading(countedUsage(), UsageSource.COUNTED, model, serviceTier, finished)
                : new Reading(Usage.NONE, UsageSource.NONE, model, serviceTier, finished);
    }

    private Usage countedUsage() {
        boolean fee = quirks.fees() == Quirks.Fees.PER_REQUEST;
        TokenCount count = new TokenCount();
        count.beside(UsageClass.OUTPUT, passed.tokens()).beside(UsageClass.REQUESTS, fee ? 1 : 0);
        countTools(count);
        return count.usage();
    }

    private void event(String type) {
        switch (type) {
            case "response.completed", "response.incomplete" -> done = true;
            case "response.failed", "error" -> failed = true;
            default -> {}
        }
    }

    private Usage reportedUsage() {
        long prompt = counts.orZero(OpenAiUsage.PROMPT);
        long output = output(prompt);
        TokenCount count = new TokenCount();
        count.split(prompt)
                .part(UsageClass.CACHE_READ, counts.orZero(OpenAiUsage.CACHED))
                .part(
                        hourCache ? UsageClass.CACHE_WRITE_1H : UsageClass.CACHE_WRITE_5M,
                        counts.orZero(OpenAiUsage.CACHE_WRITTEN))
                .part(UsageClass.INPUT_AUDIO, counts.orZero(OpenAiUsage.PROMPT_AUDIO))
                .rest(UsageClass.INPUT);
        count.split(output)
                .part(UsageClass.REASONING, reasoning(output))
                .part(UsageClass.OUTPUT_AUDIO, counts.orZero(OpenAiUsage.COMPLETION_AUDIO))
                .rest(UsageClass.OUTPUT);
        count.beside(UsageClass.SECONDS, counts.orZero(OpenAiUsage.PROMPT_SECONDS));
        if (quirks.fees() == Quirks.Fees.PER_REQUEST) {
            count.beside(UsageClass.REQUESTS, 1);
        }
        countTools(count);
        if (searched()) {
            count.beside(UsageClass.CITATION, counts.orZero(OpenAiUsage.CITATIONS))
                    .beside(UsageClass.WEB_SEARCHES, counts.orZero(OpenAiUsage.SEARCHES));
        }
        count.check(!counts.knows(OpenAiUsage.TOTAL) || searched() || total() == prompt + output);
        return selfCheck.usage(count, counts, model);
    }

    /** What the report counts, else what the response lists, else the search that a model of that name always makes. */
    private void countTools(TokenCount count) {
        boolean reported = counts.knows(OpenAiUsage.SEARCH_RUNS) || counts.knows(OpenAiUsage.X_SEARCH_RUNS);
        if (reported) {
            long fetched = counts.orZero(OpenAiUsage.X_POSTS) + counts.orZero(OpenAiUsage.X_USERS);
            count.beside(
                            UsageClass.WEB_SEARCHES,
                            counts.orZero(OpenAiUsage.SEARCH_RUNS)
                                    + (fetched > 0 ? 0 : counts.orZero(OpenAiUsage.X_SEARCH_RUNS)))
                    .beside(
                            UsageClass.TOOL_CALLS,
                            fetched
                                    + counts.orZero(OpenAiUsage.CODE_RUNS)
                                    + counts.orZero(OpenAiUsage.FILE_SEARCH_RUNS)
                                    + counts.orZero(OpenAiUsage.DOCUMENT_SEARCH_RUNS)
                                    + counts.orZero(OpenAiUsage.IMAGE_RUNS));
            return;
        }
        String name = model == null ? "" : model;
        boolean always = name.contains(ALWAYS_SEARCHES) || name.contains(ALWAYS_SEARCHES_BY_OLDER_TOOL);
        boolean older = tools.searchesByOlderTool() || name.contains(ALWAYS_SEARCHES_BY_OLDER_TOOL);
        count.beside(
                        older ? UsageClass.PREVIEW_SEARCHES : UsageClass.WEB_SEARCHES,
                        always
                                ? Math.max(1, tools.runs().searches())
                                : tools.runs().searches())
                .beside(UsageClass.TOOL_CALLS, tools.runs().others());
    }

    /** All of the output. */
    private long output(long prompt) {
        long completion = counts.orZero(OpenAiUsage.COMPLETION);
        long reasoning = counts.orZero(OpenAiUsage.REASONING);
        return switch (quirks.output()) {
            case COMPLETION -> searched() ? completion + reasoning : completion;
            case TOTAL_LESS_PROMPT ->
                counts.knows(OpenAiUsage.TOTAL) ? Math.max(total() - prompt, completion) : completion + reasoning;
        };
    }

    private long reasoning(long output) {
        boolean told = quirks.output() == Quirks.Output.COMPLETION || counts.knows(OpenAiUsage.REASONING);
        return told ? counts.orZero(OpenAiUsage.REASONING) : output - counts.orZero(OpenAiUsage.COMPLETION);
    }

    /** Where citations are counted, they and the reasoning stand beside the completion, and each search has its fee. */
    private boolean searched() {
        return quirks.fees() == Quirks.Fees.PER_REQUEST && counts.knows(OpenAiUsage.CITATIONS);
    }

    private static Long nanos(double value) {
        return Math.clamp(Math.round(value), 0, Money.MAX_COUNTED_NANOS);
    }

    private long total() {
        return counts.orZero(OpenAiUsage.TOTAL);
    }
}
