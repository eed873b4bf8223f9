package io.rateguard.proxy.dialect;

import java.util.ArrayList;
import java.util.List;

/** What a message, or an event of its stream, is read for; the first event wraps its report in {@code message}. */
enum AnthropicUsage {
    TYPE("type"),
    ERROR("error"),
    MODEL("model", "message.model"),
    STOP_REASON("delta.stop_reason"),
    TEXT(
            "delta.text",
            "delta.thinking",
            "delta.partial_json",
            "content_block.text",
            "content.[].text",
            "content.[].thinking"),
    REPORT("usage"),
    FIRST_REPORT("message.usage"),
    INPUT(Figure.of("input_tokens")),
    CACHE_READ(Figure.of("cache_read_input_tokens")),
    CACHE_WRITE(Figure.of("cache_creation_input_tokens")),
    CACHE_WRITE_5M(Figure.of("cache_creation.ephemeral_5m_input_tokens")),
    CACHE_WRITE_1H(Figure.of("cache_creation.ephemeral_1h_input_tokens")),
    OUTPUT(Figure.of("output_tokens")),
    /** Part of the output, where it is told. */
    THINKING(Figure.of("output_tokens_details.thinking_tokens")),
    WEB_SEARCHES(Figure.of("server_tool_use.web_search_requests")),
    SERVICE_TIER(Figure.of("service_tier"));

    static final FieldTree<AnthropicUsage> TREE = FieldTree.of(values(), field -> field.paths);

    private final List<String> paths;

    AnthropicUsage(String... paths) {
        this.paths = List.of(paths);
    }

    AnthropicUsage(List<String> paths) {
        this.paths = paths;
    }

    private static final class Figure {
        private static List<String> of(String name) {
            List<String> paths = new ArrayList<>();
            paths.add("usage." + name);
            paths.add("message.usage." + name);
            return List.copyOf(paths);
        }
    }
}
