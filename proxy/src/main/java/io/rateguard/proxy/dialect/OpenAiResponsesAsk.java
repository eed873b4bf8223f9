package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a request for a response. */
final class OpenAiResponsesAsk extends OpenAiAsk {

    private static final Set<String> METERED =
            Set.of("model", "max_output_tokens", "stream", "stream_options", "service_tier", "background");
    private static final Set<String> STRUCTURED =
            Set.of("text", "tool_choice", "metadata", "reasoning", "parameters", "format", "arguments");

    private static final Set<String> TEXT_PARTS =
            Set.of("input_text", "output_text", "text", "refusal", "reasoning_text", "summary_text");
    private static final Set<String> TEXT_ITEMS = Set.of(
            "message",
            "reasoning",
            "function_call",
            "function_call_output",
            "custom_tool_call",
            "custom_tool_call_output");

    private static final int PER_ITEM = 32;

    private OptionalLong maxOutputTokens = OptionalLong.empty();

    OpenAiResponsesAsk(ByteBuf body, @Nullable String contentType, Address address, Quirks quirks) {
        super(body, contentType, address, quirks, METERED, STRUCTURED);
    }

    @Override
    void own(String name) {
        switch (name) {
            case "max_output_tokens" -> maxOutputTokens = readCount(name, 0);
            case "prompt" -> refers(name, STORED);
            case "context_management" -> refers(name, "compaction is billed beyond the limits of the request");
            case "background" -> later(name);
            default -> walk(name);
        }
    }

    @Override
    void object(String key, @Nullable String type) {
        switch (key) {
            case "input" -> item(type);
            case "tools" -> tool(type);
            case "content", "output", "summary" -> {
                if (type == null || !TEXT_PARTS.contains(type)) {
                    weight().overhead(0, ESTIMATE_PER_MEDIA);
                    unbounded(key + ": " + type + ", a part whose tokens cannot be told beforehand");
                }
            }
            default -> {}
        }
    }

    @Override
    OptionalLong outputLimit() {
        return maxOutputTokens;
    }

    /** Reports its usage unasked. */
    @Override
    BodyEdit edit() {
        return BodyEdit.NONE;
    }

    /** An item without a type is a message. */
    private void item(@Nullable String type) {
        weight().overhead(PER_ITEM, ESTIMATE_PER_MESSAGE);
        if (type != null && !TEXT_ITEMS.contains(type)) {
            unbounded("input: " + type + ", an item whose tokens cannot be told beforehand");
        }
    }
}
