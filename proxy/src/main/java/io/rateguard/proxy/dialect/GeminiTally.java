package io.rateguard.proxy.dialect;

import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reports are cumulative, so for each figure the last one named wins. The prompt includes what was cached, but neither
 * what tools put in nor, in the candidates, the thoughts.
 */
final class GeminiTally implements Tally<GeminiUsage> {

    private static final int MOST_SEARCHES = 1_000;
    private static final Pattern BILLED_BY_REQUEST = Pattern.compile("^gemini-(?:[a-z]+-)*[12](?:\\.|-|$)");

    private final boolean streamed;
    /** The last whole report, and the one being read: half a report would pass for a cheap one. */
    private final Counts<GeminiUsage> counts = new Counts<>(GeminiUsage.values().length);

    private final Counts<GeminiUsage> arriving = new Counts<>(GeminiUsage.values().length);
    private final Split split = new Split();
    private final Split arrivingSplit = new Split();
    private final Set<String> searches = new HashSet<>();
    private final PassedText passed = new PassedText();
    private final SelfCheck selfCheck = new SelfCheck();
    private Modalities details = arrivingSplit.prompt;
    private @Nullable String model;
    private @Nullable String serviceTier;
    private @Nullable String modality;
    private long partTokens;
    private boolean finishReason;
    private boolean failed;
    private boolean whole;
    private boolean maps;

    GeminiTally(boolean streamed) {
        this.streamed = streamed;
    }

    @Override
    public void enter(GeminiUsage field) {
        switch (field) {
            case ERROR -> failed = true;
            case MAPS -> maps = true;
            case REPORT -> {
                arriving.copy(counts);
                arrivingSplit.copy(split);
            }
            case PROMPT_DETAILS -> details = arrivingSplit.prompt.cleared();
            case CACHE_DETAILS -> details = arrivingSplit.cached.cleared();
            case CANDIDATES_DETAILS -> details = arrivingSplit.candidates.cleared();
            case TOOL_USE_DETAILS -> details = arrivingSplit.toolUse.cleared();
            case PART -> {
                modality = null;
                partTokens = 0;
            }
            default -> {}
        }
    }

    @Override
    public void leave(GeminiUsage field) {
        switch (field) {
            case REPORT -> {
                counts.copy(arriving);
                split.copy(arrivingSplit);
            }
            case PART -> details.add(modality, partTokens);
            default -> {}
        }
    }

    @Override
    public void number(GeminiUsage field, long value) {
        if (field == GeminiUsage.PART_TOKENS) {
            partTokens = Math.clamp(value, 0, Counts.MOST);
        } else {
            arriving.set(field, value);
        }
    }

    @Override
    public void string(GeminiUsage field, CapturedText text) {
        switch (field) {
            case MODEL -> model = text.value(model);
            case SERVICE_TIER -> serviceTier = text.value(serviceTier);
            case FINISH_REASON -> finishReason = true;
            case SEARCH -> searched(text.value());
            case MODALITY -> modality = text.value();
            case TEXT -> passed.add(text);
            default -> {}
        }
    }

    @Override
    public void documentEnded(boolean complete) {
        whole |= complete && !streamed;
    }

    @Override
    public void done() {}

    @Override
    public boolean onlyReportedUsage() {
        return false;
    }

    @Override
    public Reading reading() {
        boolean ended = streamed ? finishReason : whole;
        boolean finished = ended && !failed;
        if (!counts.knows(GeminiUsage.PROMPT) && !counts.knows(GeminiUsage.TOTAL)) {
            return new Reading(passed.usage(), passed.source(), model, serviceTier, finished);
        }
        return ended || finishReason
                ? new Reading(usage(output()), UsageSource.PROVIDER, model, serviceTier, finished)
                : new Reading(usage(outputSoFar()), UsageSource.PARTIAL, model, serviceTier, finished);
    }

    private Usage usage(long output) {
        TokenCount count = new TokenCount();
        count.split(counts.orZero(GeminiUsage.PROMPT) + counts.orZero(GeminiUsage.TOOL_USE))
                .part(UsageClass.CACHE_READ_AUDIO, split.cached.audio)
                .part(UsageClass.CACHE_READ_IMAGE, split.cached.image)
                .part(
                        UsageClass.CACHE_READ,
                        Math.max(0, counts.orZero(GeminiUsage.CACHED) - split.cached.audio - split.cached.image))
                .part(UsageClass.INPUT_AUDIO, fresh(split.prompt.audio + split.toolUse.audio, split.cached.audio))
                .part(UsageClass.INPUT_IMAGE, fresh(split.prompt.image + split.toolUse.image, split.cached.image))
                .part(UsageClass.INPUT_VIDEO, fresh(split.prompt.video + split.toolUse.video, split.cached.video))
                .rest(UsageClass.INPUT);
        count.split(output)
                .part(UsageClass.REASONING, counts.orZero(GeminiUsage.THOUGHTS))
                .part(UsageClass.OUTPUT_AUDIO, split.candidates.audio)
                .part(UsageClass.OUTPUT_IMAGE, split.candidates.image)
                .part(UsageClass.OUTPUT_VIDEO, split.candidates.video)
                .rest(UsageClass.OUTPUT);
        count.beside(UsageClass.WEB_SEARCHES, searchesBilled()).beside(UsageClass.TOOL_CALLS, maps ? 1 : 0);
        count.check(!counts.knows(GeminiUsage.TOTAL) || rest() == output());
        return selfCheck.usage(count, counts, model);
    }

    private void searched(String query) {
        if (!query.isEmpty() && searches.size() < MOST_SEARCHES) {
            searches.add(query);
        }
    }

    /** Each search that differs; of older models the request, however often it searched. */
    private long searchesBilled() {
        boolean once = model != null && BILLED_BY_REQUEST.matcher(model).find();
        return once ? Math.min(1, searches.size()) : searches.size();
    }

    /** Candidates and thoughts; where the candidates are not named, what the total has beyond the input. */
    private long output() {
        long named = counts.orZero(GeminiUsage.CANDIDATES) + counts.orZero(GeminiUsage.THOUGHTS);
        return counts.knows(GeminiUsage.CANDIDATES) ? named : Math.max(named, rest());
    }

    /** What has passed since the last report counts as candidates; thoughts are billed beside it. */
    private long outputSoFar() {
        return Math.max(output(), counts.orZero(GeminiUsage.THOUGHTS) + passed.tokens());
    }

    private long rest() {
        return counts.orZero(GeminiUsage.TOTAL)
                - counts.orZero(GeminiUsage.PROMPT)
                - counts.orZero(GeminiUsage.TOOL_USE);
    }

    private static long fresh(long all, long fromCache) {
        return Math.max(0, all - fromCache);
    }

    /** The modalities of each figure. */
    private static final class Split {

        private final Modalities prompt = new Modalities();
        private final Modalities cached = new Modalities();
        private final Modalities candidates = new Modalities();
        private final Modalities toolUse = new Modalities();

        private void copy(Split other) {
            prompt.copy(other.prompt);
            cached.copy(other.cached);
            candidates.copy(other.candidates);
            toolUse.copy(other.toolUse);
        }
    }

    /** Tokens by what they stand for; text is the rest. */
    private static final class Modalities {

        private long audio;
        private long image;
        private long video;

        private void copy(Modalities other) {
            audio = other.audio;
            image = other.image;
            video = other.video;
        }

        private Modalities cleared() {
            audio = 0;
            image = 0;
            video = 0;
            return this;
        }

        private void add(@Nullable String modality, long tokens) {
            switch (modality == null ? "" : modality) {
                case "AUDIO" -> audio += tokens;
                case "IMAGE", "DOCUMENT" -> image += tokens;
                case "VIDEO" -> video += tokens;
                default -> {}
            }
        }
    }
}
