package io.rateguard.proxy.dialect;

import io.netty.buffer.ByteBuf;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Reads a messages request. */
final class AnthropicAsk extends AskReader {

    private static final Set<String> METERED =
            Set.of("model", "max_tokens", "stream", "service_tier", "speed", "inference_geo");
    private static final Set<String> STRUCTURED =
            Set.of("input", "input_schema", "tool_choice", "output_config", "output_format", "thinking");

    /** Blocks that are text, or hold such blocks. */
    private static final Set<String> TEXT_BLOCKS =
            Set.of("text", "thinking", "redacted_thinking", "tool_use", "tool_result", "document", "search_result");

    private static final Set<String> CITED_BLOCKS = Set.of("document", "search_result");
    private static final Set<String> TEXT_SOURCES = Set.of("text", "content");

    private static final int PER_REQUEST = 128;
    private static final int PER_MESSAGE = 16;
    private static final int WITH_TOOLS = 1024;
    private static final int WITH_CITATIONS = 1024;
    private static final int PER_TOOL = 32;
    private static final int PER_BUILT_IN_TOOL = 2048;
    private static final int ESTIMATE_WITH_TOOLS = 350;
    private static final int ESTIMATE_PER_MESSAGE = 4;
    private static final int ESTIMATE_PER_MEDIA = 1500;

    private OptionalLong maxTokens = OptionalLong.empty();
    private boolean tools;

    AnthropicAsk(ByteBuf body, @Nullable String contentType, Address address, Quirks quirks) {
        super(body, contentType, address, quirks, METERED, STRUCTURED);
        weight().overhead(PER_REQUEST, ESTIMATE_PER_MESSAGE);
    }

    @Override
    void field(String name) {
        switch (name) {
            case "model" -> readModel();
            case "stream" -> readStream();
            case "max_tokens" -> maxTokens = readCount(name, 0);
            case "service_tier" -> readServiceTier(name);
            case "speed" -> dearer(name, "standard");
            case "inference_geo" -> dearer(name, "global");
            case "metadata" -> metadata();
            case "mcp_servers", "container" -> refers(name, "tools that the provider runs");
            default -> walk(name);
        }
    }

    @Override
    void object(String key, @Nullable String type) {
        switch (key) {
            case "messages" -> weight().overhead(PER_MESSAGE, ESTIMATE_PER_MESSAGE);
            case "tools" -> tool(type);
            case "content", "system" -> {
                if (type == null || !TEXT_BLOCKS.contains(type)) {
                    weight().overhead(0, ESTIMATE_PER_MEDIA);
                    unbounded(key + ": " + type + ", a block whose tokens cannot be told beforehand");
                } else if (CITED_BLOCKS.contains(type)) {
                    weight().overhead(WITH_CITATIONS, 0);
                }
            }
            case "source" -> {
                if (type == null || !TEXT_SOURCES.contains(type)) {
                    weight().overhead(0, ESTIMATE_PER_MEDIA);
                    unbounded("source: " + type + ", media whose tokens cannot be told beforehand");
                }
            }
            case "edits" -> {
                if (type == null || type.startsWith("compact")) {
                    unbounded("context_management: " + type + ", billed beyond the limits of the request");
                }
            }
            default -> {}
        }
    }

    @Override
    OptionalLong outputLimit() {
        return maxTokens;
    }

    private void tool(@Nullable String type) {
        if (!tools) {
            tools = true;
            weight().overhead(WITH_TOOLS, ESTIMATE_WITH_TOOLS);
        }
        if (type == null || type.equals("custom")) {
            weight().overhead(PER_TOOL, ESTIMATE_PER_MESSAGE);
        } else if (runsAtCaller(type)) {
            weight().overhead(PER_BUILT_IN_TOOL, ESTIMATE_WITH_TOOLS);
        } else {
            unbounded("tools: " + type + ", " + PROVIDER_TOOL);
        }
    }

    private static boolean runsAtCaller(String type) {
        return type.startsWith("bash_")
                || type.startsWith("text_editor_")
                || type.startsWith("computer_")
                || type.startsWith("memory_");
    }

    private void dearer(String name, String plain) {
        String value = readString(name);
        if (value != null && !value.equals(plain)) {
            unbounded(name + ": " + value + ", billed at another rate");
        }
    }

    private void metadata() {
        if (in().currentToken() != JsonToken.START_OBJECT) {
            in().skipChildren();
            return;
        }
        while (in().nextToken() != JsonToken.END_OBJECT) {
            String name = in().currentName();
            in().nextToken();
            if (name.equals("user_id")) {
                readEndUser("metadata.user_id");
            } else {
                in().skipChildren();
            }
        }
    }
}
