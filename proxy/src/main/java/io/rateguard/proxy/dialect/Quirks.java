package io.rateguard.proxy.dialect;

import io.rateguard.domain.api.Profile;
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
 * @param parameters what the query may ask of a reply
 */
record Quirks(UsageOption usageOption, Output output, Fees fees, Pattern runsTools, Parameters parameters) {

    /** The first of Azure's dated versions that takes {@code stream_options}. */
    private static final String FIRST_WITH_USAGE = "2024-09-01";

    private Quirks(UsageOption usageOption, Output output, Fees fees, Pattern runsTools) {
        this(usageOption, output, fees, runsTools, Parameters.NONE);
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

    enum Parameters {
        NONE,
        /** Those of all of Google's APIs, some of which can hide the usage report. */
        GOOGLE
    }

    static final Quirks OPENAI =
            new Quirks(UsageOption.ASKED, Output.COMPLETION, Fees.NONE, Pattern.compile("-search|deep-research"));

    static final Quirks GEMINI =
            new Quirks(UsageOption.ASKED, Output.TOTAL_LESS_PROMPT, Fees.NONE, OPENAI.runsTools, Parameters.GOOGLE);

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
        if (parameters == Parameters.GOOGLE) {
            GoogleParameters.check(address);
        }
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
