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
            case OPENAI -> chat(base, "gpt-4o-mini", key);
            case DEMO -> chat(base, "demo-small", key);
            case ANTHROPIC -> """
                curl %s/v1/messages \\
                  -H "x-api-key: %s" \\
                  -H "anthropic-version: 2023-06-01" \\
                  -H "Content-Type: application/json" \\
                  -d '{"model":"claude-haiku-4-5","max_tokens":100,"messages":[{"role":"user","content":"Hello"}]}'""".formatted(base, key);
            case GENERIC -> """
                curl %s/ \\
                  -H "Authorization: Bearer %s\"""".formatted(base, key);
        };
    }

    private static String chat(String base, String model, String key) {
        return """
            curl %s/v1/chat/completions \\
              -H "Authorization: Bearer %s" \\
              -H "Content-Type: application/json" \\
              -d '{"model":"%s","max_tokens":50,"messages":[{"role":"user","content":"Hello"}]}'""".formatted(base, key, model);
    }
}
