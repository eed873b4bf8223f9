package io.rateguard.console.apis;

import io.rateguard.domain.api.Profile;
import java.util.Map;

/**
 * A request that costs nothing and changes nothing, and by whose answer one sees whether an API is connected.
 *
 * @param needsSecret whether the provider answers it to nobody without a secret
 */
record Probe(String path, Map<String, String> headers, boolean needsSecret) {

    static Probe of(Profile profile) {
        return switch (profile) {
            case OPENAI, MISTRAL, COHERE, GROQ, XAI, TOGETHER, FIREWORKS, CEREBRAS, OPENAI_COMPATIBLE, OLLAMA, DEMO ->
                of("/v1/models");
            case AZURE_OPENAI, BEDROCK -> of("/openai/v1/models");
            case DEEPSEEK -> of("/models");
            // Everybody is told its models.
            case OPENROUTER -> of("/v1/key");
            case ANTHROPIC -> new Probe("/v1/models", Map.of("anthropic-version", "2023-06-01"), true);
            case GEMINI -> of("/v1beta/models");
            case STRIPE -> of("/v1/balance");
            // Has no list of its models; what is asked for is not there.
            case PERPLEXITY -> new Probe("/v1/responses/none", Map.of(), false);
            case GENERIC -> new Probe("/", Map.of(), false);
        };
    }

    private static Probe of(String path) {
        return new Probe(path, Map.of(), true);
    }
}
