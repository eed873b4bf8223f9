package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Reads a request for a response. */
final class OpenAiResponsesAsk extends OpenAiAsk {

    private static final Set<String> METERED =
            Set.of("model", "max_output_tokens", "stream", "stream_options", "service_tier", "background");
    private static final Set<String> STRUCTURED =
            Set.of("text", "tool_choice", "metadata", "reasoning", "parameters", "format", "arguments");

    private static final Set<String> TEXT_PARTS =
            Set.of("input_text", "output_text", "text", "refusal", "reasoning_text", "summary_text");
    private static final Set<String> CALLS =
            Set.of("function_call", "function_call_output", "custom_tool_call", "custom_tool_call_output");

    private static final int PER_ITEM = 32;

    private OptionalLong maxOutputTokens = OptionalLong.empty();
    private boolean itemHasRole;
    private boolean itemHasContent;
    private boolean itemHasReasoning;

    OpenAiResponsesAsk(ByteBuf body, @Nullable String contentType, Address address, Quirks quirks) {
        super(body, contentType, address, quirks, METERED, STRUCTURED);
    }

    @Override
    void own(String name) {
        switch (name) {
            case "max_output_tokens" -> maxOutputTokens = readLimit(name);
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
    void property(String key, String name) {
        if (!key.equals("input")) {
            return;
        }
        switch (name) {
            case "role" -> itemHasRole = !isNull();
            case "content" -> itemHasContent = !isNull();
            case "encrypted_content" ->
                itemHasReasoning = in().currentToken() == JsonToken.VALUE_STRING && in().getStringLength() > 0;
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

    /** An item without a type is a message; one whose text is not here names what the provider has stored. */
    private void item(@Nullable String type) {
        weight().overhead(PER_ITEM, ESTIMATE_PER_MESSAGE);
        boolean told = switch (type == null ? "message" : type) {
            case "message" -> itemHasRole && itemHasContent;
            case "reasoning" -> itemHasReasoning;
            default -> CALLS.contains(type);
        };
        if (!told) {
            unbounded("input: " + type + ", an item whose tokens cannot be told beforehand");
        }
        itemHasRole = false;
        itemHasContent = false;
        itemHasReasoning = false;
    }
}
