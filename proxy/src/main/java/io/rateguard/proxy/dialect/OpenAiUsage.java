package io.rateguard.proxy.dialect;

import java.util.List;

/** What a chat completion, or a chunk of one, is read for. */
enum OpenAiUsage {
    MODEL("model"),
    SERVICE_TIER("service_tier"),
    ERROR("error"),
    CHOICE("choices.[]"),
    FINISH_REASON("choices.[].finish_reason"),
    TEXT(
            "choices.[].delta.content",
            "choices.[].delta.refusal",
            "choices.[].delta.reasoning",
            "choices.[].delta.reasoning_content",
            "choices.[].delta.tool_calls.[].function.name",
            "choices.[].delta.tool_calls.[].function.arguments",
            "choices.[].delta.tool_calls.[].custom.input",
            "choices.[].delta.function_call.arguments",
            "choices.[].message.content",
            "choices.[].message.refusal",
            "choices.[].message.reasoning",
            "choices.[].message.reasoning_content",
            "choices.[].message.tool_calls.[].function.name",
            "choices.[].message.tool_calls.[].function.arguments",
            "choices.[].message.tool_calls.[].custom.input",
            "choices.[].message.function_call.arguments"),
    REPORT("usage"),
    PROMPT("usage.prompt_tokens"),
    CACHED("usage.prompt_tokens_details.cached_tokens"),
    PROMPT_AUDIO("usage.prompt_tokens_details.audio_tokens"),
    COMPLETION("usage.completion_tokens"),
    REASONING("usage.completion_tokens_details.reasoning_tokens"),
    COMPLETION_AUDIO("usage.completion_tokens_details.audio_tokens"),
    TOTAL("usage.total_tokens");

    static final FieldTree<OpenAiUsage> TREE = FieldTree.of(values(), field -> field.paths);

    private final List<String> paths;

    OpenAiUsage(String... paths) {
        this.paths = List.of(paths);
    }
}
