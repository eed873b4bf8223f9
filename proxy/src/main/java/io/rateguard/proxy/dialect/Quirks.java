package io.rateguard.proxy.dialect;

import io.rateguard.domain.api.Profile;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a provider that speaks OpenAI's language differs from OpenAI. How it spells its figures is no difference: all known
 * spellings are read.
 *
 * @param usageOption whether a stream has to be asked for its usage report
 * @param output which figure is all of the output
 * @param fees what it bills besides tokens
 * @param runsTools models that search or run tools unasked, at a price beyond their tokens
 * @param family whose API it is at heart
 */
record Quirks(UsageOption usageOption, Output output, Fees fees, Pattern runsTools, Family family) {

    /** The first of Azure's dated versions that takes {@code stream_options}. */
    private static final String FIRST_WITH_USAGE = "2024-09-01";

    private Quirks(UsageOption usageOption, Output output, Fees fees, Pattern runsTools) {
        this(usageOption, output, fees, runsTools, Family.OPENAI);
    }

    enum UsageOption {
        ASKED,
        /** Asked where the query's {@code api-version} takes it. */
        ASKED_BY_VERSION,
        /** Reported anyway; the option is unknown or without effect. */
        NOT_ASKED
    }

    enum Output {
        /** {@code completion_tokens}, reasoning included. */
        COMPLETION,
        /** What the total has beyond the prompt: reasoning stands beside {@code completion_tokens}, or is not told. */
        TOTAL_LESS_PROMPT
    }

    enum Fees {
        NONE,
        /** For each request, or each of its searches. */
        PER_REQUEST
    }

    enum Family {
        OPENAI,
        /** Takes the parameters of all of Google's APIs, and Gemini's own fields. */
        GOOGLE
    }

    private static final String FALLBACK = "models to fall back to, at their own prices";
    private static final String ROUTING = "providers or settings chosen beside the model, at their own prices";

    /** Fields by which OpenRouter, and who imitates it, answers at another price than the model's. */
    private static final Map<String, String> ROUTED = Map.of(
            "models", FALLBACK,
            "fallbacks", FALLBACK,
            "plugins", AskReader.PROVIDER_TOOL,
            "preset", ROUTING,
            "provider", ROUTING,
            "route", ROUTING);

    /** Fields through which Gemini takes its own fields in OpenAI's language. */
    private static final Set<String> GEMINIS_OWN = Set.of("extra_body", "google", "cached_content", "cachedContent");

    static final Quirks OPENAI =
            new Quirks(UsageOption.ASKED, Output.COMPLETION, Fees.NONE, Pattern.compile("-search|deep-research"));

    static final Quirks GEMINI =
            new Quirks(UsageOption.ASKED, Output.TOTAL_LESS_PROMPT, Fees.NONE, OPENAI.runsTools, Family.GOOGLE);

    static Quirks of(Profile profile) {
        return switch (profile) {
            case AZURE_OPENAI ->
                new Quirks(UsageOption.ASKED_BY_VERSION, Output.COMPLETION, Fees.NONE, OPENAI.runsTools);
            case GEMINI -> GEMINI;
            case XAI -> new Quirks(UsageOption.ASKED, Output.TOTAL_LESS_PROMPT, Fees.NONE, OPENAI.runsTools);
            case GROQ -> new Quirks(UsageOption.NOT_ASKED, Output.COMPLETION, Fees.NONE, Pattern.compile("compound"));
            case OPENROUTER ->
                new Quirks(
                        UsageOption.NOT_ASKED,
                        Output.COMPLETION,
                        Fees.NONE,
                        Pattern.compile(":online|-search|deep-research|^perplexity/"));
            case MISTRAL, FIREWORKS ->
                new Quirks(UsageOption.NOT_ASKED, Output.COMPLETION, Fees.NONE, OPENAI.runsTools);
            case PERPLEXITY ->
                new Quirks(UsageOption.NOT_ASKED, Output.COMPLETION, Fees.PER_REQUEST, Pattern.compile(""));
            case OPENAI,
                    ANTHROPIC,
                    COHERE,
                    BEDROCK,
                    DEEPSEEK,
                    TOGETHER,
                    CEREBRAS,
                    OPENAI_COMPATIBLE,
                    OLLAMA,
                    STRIPE,
                    GENERIC,
                    DEMO -> OPENAI;
        };
    }

    /** Whether RateGuard asks for the usage report of a stream where the caller did not. */
    boolean asksForUsage(Address address) {
        return switch (usageOption) {
            case ASKED -> true;
            case NOT_ASKED -> false;
            case ASKED_BY_VERSION -> takesUsageOption(address.apiVersion());
        };
    }

    /** @throws InvalidRequest when the address asks for a reply without a usage report */
    void check(Address address) {
        if (family == Family.GOOGLE) {
            GoogleParameters.check(address);
        }
    }

    /** Why this field of a body, unless it is null, leaves the cost without a bound; nothing for most. */
    Optional<String> unbounded(String field) {
        return family == Family.GOOGLE && GEMINIS_OWN.contains(field)
                ? Optional.of(AskReader.STORED)
                : Optional.ofNullable(ROUTED.get(field));
    }

    boolean runsTools(String model) {
        return runsTools.matcher(model).find();
    }

    /** Versions without a date are newer than those with one. */
    private static boolean takesUsageOption(@Nullable String version) {
        return version == null
                || version.isEmpty()
                || !Character.isDigit(version.charAt(0))
                || version.compareTo(FIRST_WITH_USAGE) >= 0;
    }
}
