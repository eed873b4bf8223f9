package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a chat completion request. */
final class OpenAiChatAsk extends OpenAiAsk {

    private static final Set<String> METERED = Set.of(
            "model", "max_tokens", "max_completion_tokens", "stream", "stream_options", "n", "service_tier", "best_of");
    private static final Set<String> STRUCTURED =
            Set.of("functions", "response_format", "tool_calls", "function_call", "tool_choice", "metadata");

    /** Text and refusals are the only parts whose tokens their bytes bound. */
    private static final Set<String> TEXT_PARTS = Set.of("text", "refusal");

    private static final int PER_MESSAGE = 16;

    private OptionalLong maxTokens = OptionalLong.empty();
    private OptionalLong maxCompletionTokens = OptionalLong.empty();
    private int answers = 1;

    OpenAiChatAsk(ByteBuf body, @Nullable String contentType, Address address, Quirks quirks) {
        super(body, contentType, address, quirks, METERED, STRUCTURED);
    }

    @Override
    void own(String name) {
        switch (name) {
            case "max_tokens" -> maxTokens = readLimit(name);
            case "max_completion_tokens" -> maxCompletionTokens = readLimit(name);
            case "n" -> answers = (int) readCount(name, 1).orElse(1);
            case "best_of" -> {
                if (readCount(name, 1).orElse(1) > 1) {
                    unbounded("best_of: answers that are billed but not shown");
                }
            }
            case "deferred" -> later(name);
            case "prompt" -> refers(name, STORED);
            case "audio" -> refers(name, "audio, whose tokens cannot be told beforehand");
            case "prediction" -> refers(name, "rejected tokens are billed beyond the output limit");
            case "modalities" -> readStrings(name, this::modality);
            default -> walk(name);
        }
    }

    @Override
    void object(String key, @Nullable String type) {
        switch (key) {
            case "messages" -> weight().overhead(PER_MESSAGE, ESTIMATE_PER_MESSAGE);
            case "tools" -> tool(type);
            case "content" -> {
                if (type == null || !TEXT_PARTS.contains(type)) {
                    weight().overhead(0, ESTIMATE_PER_MEDIA);
                    unbounded("content: " + type + ", a part whose tokens cannot be told beforehand");
                }
            }
            case "audio" -> unbounded("messages.audio: audio stored at the provider");
            default -> {}
        }
    }

    @Override
    OptionalLong outputLimit() {
        if (maxTokens.isEmpty() && maxCompletionTokens.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.max(maxTokens.orElse(0), maxCompletionTokens.orElse(0)) * answers);
    }

    @Override
    int answers() {
        return answers;
    }

    private void modality(@Nullable String modality) {
        if (!"text".equals(modality)) {
            unbounded("modalities: " + modality + ", whose tokens cannot be told beforehand");
        }
    }
}
