package io.rateguard.console.apis;

import io.rateguard.domain.api.Profile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to ask an API first: something small that its provider understands.
 *
 * @param path what follows the address of the API at the proxy
 * @param keyHeader how its own clients give their key, with {@code %s} for it
 * @param body JSON; null for a GET
 * @param streamPath where the same is asked for as a stream; null where the body says so, or nothing does
 * @param streams whether the body can ask for a stream too
 */
public record SampleRequest(
        String path,
        String keyHeader,
        Map<String, String> headers,
        @Nullable String body,
        @Nullable String streamPath,
        boolean streams) {

    private static final String BEARER = "Authorization: Bearer %s";

    public static SampleRequest of(Profile profile) {
        return switch (profile) {
            case OPENAI -> chat("/v1", "gpt-4o-mini");
            case AZURE_OPENAI -> chat("/openai/v1", "<deployment>");
            case MISTRAL -> chat("/v1", "mistral-small-latest");
            case COHERE -> chat("/compatibility/v1", "command-r-08-2024");
            case BEDROCK -> chat("/openai/v1", "openai.gpt-oss-20b-1:0");
            case GROQ -> chat("/v1", "llama-3.1-8b-instant");
            case DEEPSEEK -> chat("", "deepseek-chat");
            case XAI -> chat("/v1", "grok-3-mini");
            case OPENROUTER -> chat("/v1", "openai/gpt-4o-mini");
            case TOGETHER -> chat("/v1", "meta-llama/Llama-3.3-70B-Instruct-Turbo");
            case FIREWORKS -> chat("/v1", "accounts/fireworks/models/gpt-oss-20b");
            case CEREBRAS -> chat("/v1", "llama3.1-8b");
            case PERPLEXITY -> chat("", "sonar");
            case OPENAI_COMPATIBLE, OLLAMA -> chat("/v1", "<model>");
            case DEMO -> chat("/v1", "demo-small");
            case ANTHROPIC ->
                new SampleRequest(
                        "/v1/messages", "x-api-key: %s", Map.of("anthropic-version", "2023-06-01"), """
                        {"model":"claude-haiku-4-5","max_tokens":100,"messages":[{"role":"user","content":"Hello"}]}""", null, true);
            case GEMINI ->
                new SampleRequest(
                        "/v1beta/models/gemini-2.5-flash:generateContent",
                        "x-goog-api-key: %s",
                        Map.of(),
                        """
                        {"contents":[{"parts":[{"text":"Hello"}]}],"generationConfig":{"maxOutputTokens":500}}""",
                        "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
                        false);
            case STRIPE -> get("/v1/balance");
            case GENERIC -> get("/");
        };
    }

    private static SampleRequest chat(String root, String model) {
        return new SampleRequest(root + "/chat/completions", BEARER, Map.of(), """
                {"model":"%s","max_tokens":50,"messages":[{"role":"user","content":"Hello"}]}""".formatted(model), null, true);
    }

    private static SampleRequest get(String path) {
        return new SampleRequest(path, BEARER, Map.of(), null, null, false);
    }
}
