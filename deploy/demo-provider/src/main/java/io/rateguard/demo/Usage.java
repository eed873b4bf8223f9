package io.rateguard.demo;

/**
 * The figures one answer reports.
 *
 * @param input the dialect's own input field: OpenAI counts cached and audio tokens in it, Anthropic does not
 * @param output everything generated for one choice, reasoning and audio included
 * @param limited whether the request's maximum cut the output
 */
record Usage(
        long input,
        long cached,
        long write5m,
        long write1h,
        long audioInput,
        long output,
        long reasoning,
        long audioOutput,
        long webSearches,
        boolean limited) {

    /** Cached and audio tokens are part of the input: they add to a counted input and must fit in a given one. */
    static Usage cacheWithinInput(Behaviour behaviour, long counted, long maxOutput) {
        long part = behaviour.get(Knob.CACHED_TOKENS) + behaviour.get(Knob.AUDIO_INPUT_TOKENS);
        long input = behaviour.get(Knob.INPUT_TOKENS, counted + part);
        requireWithin(Knob.CACHED_TOKENS, part, input, "input");
        return of(behaviour, input, maxOutput);
    }

    /** Cached tokens are reported beside the input. */
    static Usage cacheBesideInput(Behaviour behaviour, long counted, long maxOutput) {
        return of(behaviour, behaviour.get(Knob.INPUT_TOKENS, counted), maxOutput);
    }

    long visible() {
        return output - reasoning - audioOutput;
    }

    private static Usage of(Behaviour behaviour, long input, long maxOutput) {
        long reasoning = behaviour.get(Knob.REASONING_TOKENS);
        long audio = behaviour.get(Knob.AUDIO_OUTPUT_TOKENS);
        long wanted = behaviour.get(Knob.OUTPUT_TOKENS, Prose.DEFAULT_TOKENS + reasoning + audio);
        requireWithin(Knob.REASONING_TOKENS, reasoning + audio, wanted, "output");
        long output = Math.min(wanted, maxOutput);
        long reasoned = Math.min(reasoning, output);
        return new Usage(
                input,
                behaviour.get(Knob.CACHED_TOKENS),
                behaviour.get(Knob.CACHE_WRITE_5M_TOKENS),
                behaviour.get(Knob.CACHE_WRITE_1H_TOKENS),
                behaviour.get(Knob.AUDIO_INPUT_TOKENS),
                output,
                reasoned,
                Math.min(audio, output - reasoned),
                behaviour.get(Knob.WEB_SEARCHES),
                wanted > maxOutput);
    }

    private static void requireWithin(Knob knob, long part, long whole, String name) {
        if (part > whole) {
            throw new Rejected(
                    400,
                    knob.header() + ": " + part + " with audio (expected: at most the " + whole + " tokens of " + name
                            + ")");
        }
    }
}
