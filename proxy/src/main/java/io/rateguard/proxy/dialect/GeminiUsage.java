package io.rateguard.proxy.dialect;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a Gemini reply, or an event of its stream, is read for. A stream that is no event stream is one array of what
 * would be its events.
 */
enum GeminiUsage {
    MODEL("modelVersion"),
    ERROR("error"),
    TEXT("candidates.[].content.parts.[].text"),
    FINISH_REASON("candidates.[].finishReason", "promptFeedback.blockReason"),
    SEARCH("candidates.[].groundingMetadata.webSearchQueries.[]"),
    MAPS("candidates.[].groundingMetadata.groundingChunks.[].maps"),
    REPORT("usageMetadata"),
    SERVICE_TIER("usageMetadata.trafficType", "usageMetadata.serviceTier"),
    PROMPT("usageMetadata.promptTokenCount"),
    CACHED("usageMetadata.cachedContentTokenCount"),
    CANDIDATES("usageMetadata.candidatesTokenCount", "usageMetadata.responseTokenCount"),
    THOUGHTS("usageMetadata.thoughtsTokenCount"),
    TOOL_USE("usageMetadata.toolUsePromptTokenCount"),
    TOTAL("usageMetadata.totalTokenCount"),
    PROMPT_DETAILS("usageMetadata.promptTokensDetails"),
    CACHE_DETAILS("usageMetadata.cacheTokensDetails"),
    CANDIDATES_DETAILS("usageMetadata.candidatesTokensDetails", "usageMetadata.responseTokensDetails"),
    TOOL_USE_DETAILS("usageMetadata.toolUsePromptTokensDetails"),
    /** One part of a list of details. */
    PART(ofDetails("")),
    MODALITY(ofDetails(".modality")),
    PART_TOKENS(ofDetails(".tokenCount"));

    static final FieldTree<GeminiUsage> TREE = FieldTree.of(
            values(),
            field -> field.paths.stream()
                    .flatMap(path -> Stream.of(path, "[]." + path))
                    .toList());

    private final List<String> paths;

    GeminiUsage(String... paths) {
        this.paths = List.of(paths);
    }

    GeminiUsage(List<String> paths) {
        this.paths = paths;
    }

    private static List<String> ofDetails(String name) {
        return Stream.of(
                        "promptTokensDetails",
                        "cacheTokensDetails",
                        "candidatesTokensDetails",
                        "responseTokensDetails",
                        "toolUsePromptTokensDetails")
                .map(list -> "usageMetadata." + list + ".[]" + name)
                .toList();
    }
}
