package io.rateguard.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One way to steer the demo provider: a request header, an entry of the body's metadata, and a flag of the process. */
public enum Knob {
    LATENCY_MILLIS("Latency-Millis", 600_000, "waits this long before it answers"),
    CHUNK_DELAY_MILLIS("Chunk-Delay-Millis", 600_000, "waits this long before each event or block but the first"),
    CHUNKS("Chunks", 1, 1_000_000, "streams the text in this many pieces"),
    INPUT_TOKENS("Input-Tokens", 2_000_000_000, "reports this as the dialect's own input field"),
    OUTPUT_TOKENS(
            "Output-Tokens", 2_000_000_000, "reports this output per choice, as far as the request's maximum allows"),
    CACHED_TOKENS("Cached-Tokens", 2_000_000_000, "reports this much input as read from the cache"),
    CACHE_WRITE_5M_TOKENS(
            "Cache-Write-5m-Tokens", 2_000_000_000, "reports this much input as written to the 5 minute cache"),
    CACHE_WRITE_1H_TOKENS(
            "Cache-Write-1h-Tokens", 2_000_000_000, "reports this much input as written to the 1 hour cache"),
    REASONING_TOKENS("Reasoning-Tokens", 2_000_000_000, "reports this much of the output as reasoning"),
    AUDIO_INPUT_TOKENS("Audio-Input-Tokens", 2_000_000_000, "reports this much of the input as audio"),
    AUDIO_OUTPUT_TOKENS("Audio-Output-Tokens", 2_000_000_000, "reports this much of the output as audio"),
    WEB_SEARCHES("Web-Searches", 1_000_000, "reports this many web searches"),
    STATUS("Status", 400, 599, "answers with this error"),
    RETRY_AFTER_SECONDS("Retry-After-Seconds", 86_400, "says so in Retry-After of 429, 503 and 529"),
    ABORT("Abort", "resets the connection there", "before-headers", "after-headers", "mid-body", "mid-stream"),
    NO_USAGE("No-Usage", "leaves the usage out", "false", "true"),
    COMPRESS("Compress", "compresses the answer, whatever was accepted", "identity", "gzip"),
    SPLIT("Split", 1, 65_536, "writes the answer in pieces of this many bytes, whatever they cut through"),
    LINE_BREAK("Line-Break", "ends the lines of a stream so", "lf", "crlf"),
    HANG("Hang", "never answers", "false", "true");

    static final String PREFIX = "X-Demo-";

    private final String header;
    private final String meaning;
    private final long min;
    private final long max;
    private final List<String> choices;

    Knob(String name, long max, String meaning) {
        this(name, 0, max, meaning);
    }

    Knob(String name, long min, long max, String meaning) {
        this(name, meaning, min, max, List.of());
    }

    Knob(String name, String meaning, String... choices) {
        this(name, meaning, 0, choices.length - 1L, List.of(choices));
    }

    Knob(String name, String meaning, long min, long max, List<String> choices) {
        this.header = PREFIX + name;
        this.meaning = meaning;
        this.min = min;
        this.max = max;
        this.choices = choices;
    }

    public String header() {
        return header;
    }

    public String meaning() {
        return meaning;
    }

    /** The values it takes, in words. */
    public String expected() {
        return choices.isEmpty() ? "a whole number from " + min + " to " + max : String.join(" or ", choices);
    }

    static Optional<Knob> ofHeader(String name) {
        return Arrays.stream(values())
                .filter(knob -> knob.header.equalsIgnoreCase(name))
                .findFirst();
    }

    static String headers() {
        return Arrays.stream(values()).map(Knob::header).collect(Collectors.joining(", "));
    }

    /** The option that sets it for the whole process: {@code --cached-tokens}; times drop their unit. */
    String option() {
        String name = header.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
        return "--" + (isTime() ? name.substring(0, name.length() - "-millis".length()) : name);
    }

    boolean isTime() {
        return this == LATENCY_MILLIS || this == CHUNK_DELAY_MILLIS;
    }

    boolean isFlag() {
        return choices.contains("true");
    }

    /** The value as a number: of a choice, its place among the choices. */
    long parse(String value) {
        long number = choices.isEmpty() ? number(value) : choices.indexOf(value.toLowerCase(Locale.ROOT));
        if (number < min || number > max) {
            throw new IllegalArgumentException(complaint(value));
        }
        return number;
    }

    String complaint(@Nullable String value) {
        return header + ": " + value + " (expected: " + expected() + ")";
    }

    private long number(String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(complaint(value), notANumber);
        }
    }
}
