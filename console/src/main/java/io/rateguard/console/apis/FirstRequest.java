package io.rateguard.console.apis;

import io.rateguard.domain.api.Profile;

/** The curl line that makes a request of an API through the proxy. */
public final class FirstRequest {

    private FirstRequest() {}

    /** With the key left to the shell. */
    public static String curl(String proxyUrl, String slug, Profile profile) {
        return curl(proxyUrl, slug, profile, "$RATEGUARD_KEY");
    }

    /** With a key that is known: works as it stands. */
    public static String curl(String proxyUrl, String slug, Profile profile, String key) {
        String base = proxyUrl + "/proxy/" + slug;
        return switch (profile) {
            case OPENAI -> chat(base + "/v1", "gpt-4o-mini", key);
            case AZURE_OPENAI -> chat(base + "/openai/v1", "<deployment>", key);
            case MISTRAL -> chat(base + "/v1", "mistral-small-latest", key);
            case COHERE -> chat(base + "/compatibility/v1", "command-r-08-2024", key);
            case BEDROCK -> chat(base + "/openai/v1", "openai.gpt-oss-20b-1:0", key);
            case GROQ -> chat(base + "/v1", "llama-3.1-8b-instant", key);
            case DEEPSEEK -> chat(base, "deepseek-chat", key);
            case XAI -> chat(base + "/v1", "grok-3-mini", key);
            case OPENROUTER -> chat(base + "/v1", "openai/gpt-4o-mini", key);
            case TOGETHER -> chat(base + "/v1", "meta-llama/Llama-3.3-70B-Instruct-Turbo", key);
            case FIREWORKS -> chat(base + "/v1", "accounts/fireworks/models/gpt-oss-20b", key);
            case CEREBRAS -> chat(base + "/v1", "llama3.1-8b", key);
            case PERPLEXITY -> chat(base, "sonar", key);
            case OPENAI_COMPATIBLE, OLLAMA -> chat(base + "/v1", "<model>", key);
            case DEMO -> chat(base + "/v1", "demo-small", key);
            case ANTHROPIC -> """
                curl %s/v1/messages \\
                  -H "x-api-key: %s" \\
                  -H "anthropic-version: 2023-06-01" \\
                  -H "Content-Type: application/json" \\
                  -d '{"model":"claude-haiku-4-5","max_tokens":100,"messages":[{"role":"user","content":"Hello"}]}'""".formatted(base, key);
            case GEMINI -> """
                curl %s/v1beta/models/gemini-2.5-flash:generateContent \\
                  -H "x-goog-api-key: %s" \\
                  -H "Content-Type: application/json" \\
                  -d '{"contents":[{"parts":[{"text":"Hello"}]}],"generationConfig":{"maxOutputTokens":500}}'""".formatted(base, key);
            case STRIPE -> """
                curl %s/v1/balance \\
                  -H "Authorization: Bearer %s\"""".formatted(base, key);
            case GENERIC -> """
                curl %s/ \\
                  -H "Authorization: Bearer %s\"""".formatted(base, key);
        };
    }

    private static String chat(String base, String model, String key) {
        return """
            curl %s/chat/completions \\
              -H "Authorization: Bearer %s" \\
              -H "Content-Type: application/json" \\
              -d '{"model":"%s","max_tokens":50,"messages":[{"role":"user","content":"Hello"}]}'""".formatted(base, key, model);
    }
}
