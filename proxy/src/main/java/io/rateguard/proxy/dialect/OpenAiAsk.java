package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import io.rateguard.proxy.dialect.BodyEdit.Splice;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Reads a chat completion request. */
final class OpenAiAsk extends AskReader {

    private static final Set<String> METERED = Set.of(
            "model", "max_tokens", "max_completion_tokens", "stream", "stream_options", "n", "service_tier", "best_of");
    private static final Set<String> STRUCTURED =
            Set.of("functions", "response_format", "tool_calls", "function_call", "tool_choice", "metadata");

    /** Text and refusals are the only parts whose tokens their bytes bound. */
    private static final Set<String> TEXT_PARTS = Set.of("text", "refusal");

    private static final Set<String> CALLER_TOOLS = Set.of("function", "custom");

    private static final int PER_REQUEST = 128;
    private static final int PER_MESSAGE = 16;
    private static final int PER_TOOL = 32;
    private static final int ESTIMATE_PER_MESSAGE = 4;
    private static final int ESTIMATE_PER_MEDIA = 1000;

    private OptionalLong maxTokens = OptionalLong.empty();
    private OptionalLong maxCompletionTokens = OptionalLong.empty();
    private int answers = 1;
    private @Nullable Splice usageOption;
    private boolean usageAsked;

    OpenAiAsk(ByteBuf body, @Nullable String contentType) {
        super(body, contentType, METERED, STRUCTURED);
        weight().overhead(PER_REQUEST, ESTIMATE_PER_MESSAGE);
    }

    @Override
    void field(String name) {
        switch (name) {
            case "model" -> {
                readModel();
                searchingModel(in().getString());
            }
            case "stream" -> readStream();
            case "stream_options" -> streamOptions();
            case "max_tokens" -> maxTokens = readCount(name, 0);
            case "max_completion_tokens" -> maxCompletionTokens = readCount(name, 0);
            case "n" -> answers = (int) readCount(name, 1).orElse(1);
            case "best_of" -> {
                if (readCount(name, 1).orElse(1) > 1) {
                    unbounded("best_of: answers that are billed but not shown");
                }
            }
            case "service_tier" -> readString(name);
            case "user", "safety_identifier" -> readEndUser(name);
            case "web_search_options", "plugins" -> refers(name, "a tool that the provider runs");
            case "previous_response_id", "conversation", "prompt" -> refers(name, "input stored at the provider");
            case "audio" -> refers(name, "audio, whose tokens cannot be told beforehand");
            case "prediction" -> refers(name, "rejected tokens are billed beyond the output limit");
            case "modalities" -> modalities();
            default -> walk(name);
        }
    }

    @Override
    void object(String key, @Nullable String type) {
        switch (key) {
            case "messages" -> weight().overhead(PER_MESSAGE, ESTIMATE_PER_MESSAGE);
            case "tools" -> {
                weight().overhead(PER_TOOL, ESTIMATE_PER_MESSAGE);
                if (type == null || !CALLER_TOOLS.contains(type)) {
                    unbounded("tools: " + type + ", a tool that the provider runs");
                }
            }
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

    @Override
    BodyEdit edit() {
        if (!stream() || usageAsked) {
            return BodyEdit.NONE;
        }
        Splice splice = usageOption != null
                ? usageOption
                : new Splice(objectOffset() + 1, 0, "\"stream_options\":{\"include_usage\":true},");
        return new BodyEdit(List.of(splice), true);
    }

    private void streamOptions() {
        if (isNull()) {
            usageOption = new Splice(tokenOffset(), "null".length(), "{\"include_usage\":true}");
            return;
        }
        if (in().currentToken() != JsonToken.START_OBJECT) {
            throw invalid("stream_options", "an object");
        }
        int inside = tokenOffset() + 1;
        boolean empty = true;
        Splice given = null;
        while (in().nextToken() != JsonToken.END_OBJECT) {
            empty = false;
            String name = in().currentName();
            in().nextToken();
            if (!name.equals("include_usage")) {
                in().skipChildren();
                continue;
            }
            if (given != null) {
                throw new InvalidRequest(
                        "duplicate_field", "stream_options.include_usage: given twice (expected: once)");
            }
            usageAsked = readBoolean("stream_options.include_usage");
            given = new Splice(tokenOffset(), in().getString().length(), "true");
        }
        usageOption = given != null
                ? given
                : new Splice(inside, 0, empty ? "\"include_usage\":true" : "\"include_usage\":true,");
    }

    private void refers(String name, String reason) {
        if (!isNull()) {
            unbounded(name + ": " + reason);
        }
        walkStructured(name);
    }

    private void modalities() {
        if (isNull()) {
            return;
        }
        if (in().currentToken() != JsonToken.START_ARRAY) {
            throw invalid("modalities", "an array of strings");
        }
        while (in().nextToken() != JsonToken.END_ARRAY) {
            String modality = readString("modalities");
            if (!"text".equals(modality)) {
                unbounded("modalities: " + modality + ", whose tokens cannot be told beforehand");
            }
        }
    }

    /** Models that search the web unasked, at a price per search. */
    private void searchingModel(String model) {
        if (model.contains("-search")) {
            unbounded("model: " + model + " searches the web by itself");
        }
    }
}
