package io.rateguard.domain.usage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A kind of use that has a price of its own; the classes of one request never overlap. */
public enum UsageClass {
    INPUT(Kind.INPUT_TOKENS),
    CACHE_READ(Kind.INPUT_TOKENS),
    CACHE_WRITE_5M(Kind.INPUT_TOKENS),
    CACHE_WRITE_1H(Kind.INPUT_TOKENS),
    INPUT_AUDIO(Kind.INPUT_TOKENS),
    CACHE_READ_AUDIO(Kind.INPUT_TOKENS),
    INPUT_IMAGE(Kind.INPUT_TOKENS),
    CACHE_READ_IMAGE(Kind.INPUT_TOKENS),
    INPUT_VIDEO(Kind.INPUT_TOKENS),
    OUTPUT(Kind.OUTPUT_TOKENS),
    REASONING(Kind.OUTPUT_TOKENS),
    CITATION(Kind.OUTPUT_TOKENS),
    OUTPUT_AUDIO(Kind.OUTPUT_TOKENS),
    OUTPUT_IMAGE(Kind.OUTPUT_TOKENS),
    OUTPUT_VIDEO(Kind.OUTPUT_TOKENS),
    WEB_SEARCHES(Kind.PIECES),
    /** By OpenAI's older tool, which has a fee of its own. */
    PREVIEW_SEARCHES(Kind.PIECES),
    /** Of other tools that the provider runs and bills. */
    TOOL_CALLS(Kind.PIECES),
    SECONDS(Kind.PIECES),
    CHARACTERS(Kind.PIECES),
    IMAGES(Kind.PIECES),
    REQUESTS(Kind.PIECES),
    /** Millionths of a number in the reply that a price of calls goes by. */
    VALUE_MICROS(Kind.PIECES);

    private static final Map<String, UsageClass> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(UsageClass::wireName, Function.identity()));

    private final Kind kind;
    private final String wireName = name().toLowerCase(Locale.ROOT);

    UsageClass(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The name in events, questions and the management API: {@code cache_write_5m}. */
    public String wireName() {
        return wireName;
    }

    public static UsageClass ofWireName(String name) {
        UsageClass usageClass = BY_WIRE_NAME.get(name);
        if (usageClass == null) {
            throw new IllegalArgumentException("usage class: " + name + " (expected: input, cache_read, output, …)");
        }
        return usageClass;
    }

    /** What a class counts, as token limits see it. */
    public enum Kind {
        INPUT_TOKENS,
        OUTPUT_TOKENS,
        PIECES
    }
}
