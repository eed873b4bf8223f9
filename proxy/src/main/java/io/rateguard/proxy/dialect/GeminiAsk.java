package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Reads a request in Gemini's language, whose fields may be written in camel case or with underscores. */
final class GeminiAsk extends AskReader {

    private static final Set<String> METERED =
            Set.of("generationConfig", "generation_config", "serviceTier", "service_tier");
    private static final Set<String> STRUCTURED = Set.of(
            "functionDeclarations",
            "function_declarations",
            "functionCall",
            "function_call",
            "response",
            "toolConfig",
            "tool_config");

    private static final Set<String> CALLER_TOOLS = Set.of("functiondeclarations");
    private static final Set<String> MEDIA = Set.of("inlinedata", "filedata");

    private static final int PER_REQUEST = 128;
    private static final int PER_MESSAGE = 16;
    private static final int PER_TOOL = 64;
    private static final int ESTIMATE_PER_MESSAGE = 4;
    private static final int ESTIMATE_PER_MEDIA = 1000;

    private final Gemini.Kind kind;
    private OptionalLong maxOutputTokens = OptionalLong.empty();
    private int candidates = 1;
    private boolean configured;

    GeminiAsk(ByteBuf body, @Nullable String contentType, Address address, Gemini.Kind kind) {
        super(body, contentType, address, Quirks.GEMINI, METERED, STRUCTURED);
        this.kind = kind;
        weight().overhead(PER_REQUEST, ESTIMATE_PER_MESSAGE);
    }

    @Override
    void field(String name) {
        switch (plain(name)) {
            case "generationconfig" -> generationConfig();
            case "cachedcontent" -> refers(name, STORED);
            case "servicetier" -> readServiceTier(name);
            case "model" -> in().skipChildren();
            default -> walk(name);
        }
    }

    @Override
    void object(String key, @Nullable String type) {
        switch (plain(key)) {
            case "contents", "content", "systeminstruction" -> weight().overhead(PER_MESSAGE, ESTIMATE_PER_MESSAGE);
            case "tools" -> weight().overhead(PER_TOOL, ESTIMATE_PER_MESSAGE);
            default -> {}
        }
    }

    @Override
    void property(String key, String name) {
        String field = plain(name);
        if (key.equals("tools") && !CALLER_TOOLS.contains(field)) {
            unbounded("tools: " + name + ", " + PROVIDER_TOOL);
        } else if (MEDIA.contains(field)) {
            weight().overhead(0, ESTIMATE_PER_MEDIA);
            unbounded("parts: " + name + ", media whose tokens cannot be told beforehand");
        }
    }

    @Override
    boolean stream() {
        return kind == Gemini.Kind.STREAM;
    }

    @Override
    OptionalLong outputLimit() {
        if (kind == Gemini.Kind.EMBED) {
            return OptionalLong.of(0);
        }
        return maxOutputTokens.isEmpty() ? maxOutputTokens : OptionalLong.of(maxOutputTokens.getAsLong() * candidates);
    }

    @Override
    int answers() {
        return candidates;
    }

    private void generationConfig() {
        if (configured) {
            throw new InvalidRequest("duplicate_field", "generationConfig: given twice (expected: once)");
        }
        configured = true;
        if (isNull()) {
            return;
        }
        if (in().currentToken() != JsonToken.START_OBJECT) {
            throw invalid("generationConfig", "an object");
        }
        boolean limited = false;
        boolean counted = false;
        while (in().nextToken() != JsonToken.END_OBJECT) {
            String name = in().currentName();
            in().nextToken();
            switch (plain(name)) {
                case "maxoutputtokens" -> {
                    once(limited, name);
                    limited = true;
                    maxOutputTokens = readLimit("generationConfig.maxOutputTokens");
                }
                case "candidatecount" -> {
                    once(counted, name);
                    counted = true;
                    candidates = (int)
                            readCount("generationConfig.candidateCount", 1).orElse(1);
                }
                case "responsemodalities" -> readStrings("generationConfig.responseModalities", this::modality);
                default -> walkStructured(name);
            }
        }
    }

    private void modality(@Nullable String modality) {
        if (!"TEXT".equalsIgnoreCase(modality)) {
            unbounded("responseModalities: " + modality + ", whose tokens cannot be told beforehand");
        }
    }

    private static void once(boolean given, String name) {
        if (given) {
            throw new InvalidRequest("duplicate_field", "generationConfig." + name + ": given twice (expected: once)");
        }
    }

    /** The name whichever way it is spelled. */
    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
