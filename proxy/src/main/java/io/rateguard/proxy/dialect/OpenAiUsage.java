package io.rateguard.proxy.dialect;

import java.util.ArrayList;
import java.util.List;

/**
 * What a reply in OpenAI's language, or an event of its stream, is read for, in all spellings that are known: of
 * completions (also Groq's own report, the caches of DeepSeek, Together and xAI, Perplexity's counts beside the
 * completion) and of responses, whose last events wrap the whole response.
 */
enum OpenAiUsage {
    MODEL(List.of("model"), List.of("model", "response.model")),
    SERVICE_TIER(List.of("service_tier"), List.of("service_tier", "response.service_tier")),
    EVENT(List.of(), List.of("type")),
    ERROR(List.of("error", "x_groq.error"), List.of("error", "response.error")),
    CHOICE(List.of("choices.[]"), List.of()),
    FINISH_REASON(List.of("choices.[].finish_reason"), List.of()),
    TEXT(
            Texts.ofChoices(),
            List.of(
                    "delta",
                    "output.[].content.[].text",
                    "output.[].content.[].refusal",
                    "output.[].summary.[].text",
                    "output.[].arguments",
                    "output.[].input")),
    /** Of a response: what it did and said, one after the other. */
    ITEM(List.of(), items("")),
    ITEM_TYPE(List.of(), items(".type")),
    ITEM_ACTION(List.of(), items(".action.type")),
    TOOL(List.of(), List.of("tools.[].type", "response.tools.[].type")),
    REPORT(List.of("usage", "x_groq.usage"), List.of("usage", "response.usage")),
    PROMPT(figures("prompt_tokens"), wrapped("input_tokens")),
    CACHED(
            figures(
                    "prompt_tokens_details.cached_tokens",
                    "prompt_cache_hit_tokens",
                    "cached_prompt_text_tokens",
                    "cached_tokens"),
            wrapped("input_tokens_details.cached_tokens")),
    CACHE_WRITTEN(
            figures("prompt_tokens_details.cache_write_tokens"), wrapped("input_tokens_details.cache_write_tokens")),
    PROMPT_AUDIO(figures("prompt_tokens_details.audio_tokens"), List.of()),
    PROMPT_SECONDS(figures("prompt_audio_seconds"), List.of()),
    COMPLETION(figures("completion_tokens"), wrapped("output_tokens")),
    REASONING(
            figures("completion_tokens_details.reasoning_tokens", "reasoning_tokens"),
            wrapped("output_tokens_details.reasoning_tokens")),
    COMPLETION_AUDIO(figures("completion_tokens_details.audio_tokens"), List.of()),
    CITATIONS(figures("citation_tokens"), List.of()),
    SEARCHES(figures("num_search_queries"), List.of()),
    /** Runs of tools, as xAI counts them; searches also as OpenRouter does. */
    SEARCH_RUNS(
            figures(toolUse("web_search_calls"), "server_tool_use.web_search_requests"),
            wrapped(toolUse("web_search_calls"), "server_tool_use.web_search_requests")),
    X_SEARCH_RUNS(figures(toolUse("x_search_calls")), wrapped(toolUse("x_search_calls"))),
    X_POSTS(figures(toolUse("x_posts_fetched")), wrapped(toolUse("x_posts_fetched"))),
    X_USERS(figures(toolUse("x_users_fetched")), wrapped(toolUse("x_users_fetched"))),
    CODE_RUNS(figures(toolUse("code_interpreter_calls")), wrapped(toolUse("code_interpreter_calls"))),
    FILE_SEARCH_RUNS(figures(toolUse("file_search_calls")), wrapped(toolUse("file_search_calls"))),
    DOCUMENT_SEARCH_RUNS(figures(toolUse("document_search_calls")), wrapped(toolUse("document_search_calls"))),
    IMAGE_RUNS(figures(toolUse("image_generation_calls")), wrapped(toolUse("image_generation_calls"))),
    TOTAL(figures("total_tokens"), wrapped("total_tokens")),
    /** What the provider says it charges: in dollars, or in ten-billionths of one. */
    COST(figures("cost", "cost.total_cost"), wrapped("cost", "cost.total_cost")),
    COST_TICKS(figures("cost_in_usd_ticks"), wrapped("cost_in_usd_ticks"));

    static final FieldTree<OpenAiUsage> COMPLETIONS = FieldTree.of(values(), field -> field.ofCompletions);
    static final FieldTree<OpenAiUsage> RESPONSES = FieldTree.of(values(), field -> field.ofResponses);

    private final List<String> ofCompletions;
    private final List<String> ofResponses;

    OpenAiUsage(List<String> ofCompletions, List<String> ofResponses) {
        this.ofCompletions = ofCompletions;
        this.ofResponses = ofResponses;
    }

    private static List<String> figures(String... names) {
        return under(List.of("usage.", "x_groq.usage."), names);
    }

    private static List<String> wrapped(String... names) {
        return under(List.of("usage.", "response.usage."), names);
    }

    private static String toolUse(String name) {
        return "server_side_tool_usage_details." + name;
    }

    private static List<String> items(String name) {
        return List.of("output.[]" + name, "response.output.[]" + name, "item" + name);
    }

    private static List<String> under(List<String> reports, String... names) {
        List<String> paths = new ArrayList<>();
        for (String report : reports) {
            for (String name : names) {
                paths.add(report + name);
            }
        }
        return List.copyOf(paths);
    }

    private static final class Texts {
        private static List<String> ofChoices() {
            List<String> paths = new ArrayList<>(List.of("choices.[].text"));
            for (String part : List.of("choices.[].delta.", "choices.[].message.")) {
                for (String name : List.of(
                        "content",
                        "content.[].text",
                        "refusal",
                        "reasoning",
                        "reasoning_content",
                        "tool_calls.[].function.name",
                        "tool_calls.[].function.arguments",
                        "tool_calls.[].custom.input",
                        "function_call.arguments")) {
                    paths.add(part + name);
                }
            }
            return List.copyOf(paths);
        }
    }
}
