package io.rateguard.domain.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BasePathTest {

    @ParameterizedTest
    @CsvSource({
        "GROQ,         https://api.groq.com/openai,    /v1/chat/completions, /openai/v1/chat/completions, /v1/chat/completions",
        "GROQ,         https://api.groq.com/openai/v1, /chat/completions,    /openai/v1/chat/completions, /v1/chat/completions",
        "GROQ,         https://api.groq.com/openai,    /chat/completions,    /openai/v1/chat/completions, /v1/chat/completions",
        "DEEPSEEK,     https://api.deepseek.com,       /chat/completions,    /chat/completions,           /chat/completions",
        "DEEPSEEK,     https://api.deepseek.com/v1/,   /chat/completions,    /v1/chat/completions,        /chat/completions",
        "AZURE_OPENAI, https://r.openai.azure.com,     /openai/deployments/d/embeddings, /openai/deployments/d/embeddings, /openai/deployments/d/embeddings",
        "AZURE_OPENAI, https://r.openai.azure.com,     /chat/completions,    /openai/v1/chat/completions, /openai/v1/chat/completions",
        "AZURE_OPENAI, https://r.openai.azure.com/openai/v1, /responses,     /openai/v1/responses,        /openai/v1/responses",
        "AZURE_OPENAI, https://r.openai.azure.com/openai, /openai/v1/responses, /openai/v1/responses,     /openai/v1/responses",
        "AZURE_OPENAI, https://r.openai.azure.com,     /anthropic/v1/messages, /anthropic/v1/messages,    /anthropic/v1/messages",
        "GEMINI,       https://g.example,              /models/x:countTokens, /v1beta/models/x:countTokens, /v1beta/models/x:countTokens",
        "GEMINI,       https://g.example,              /v1/models/x:countTokens, /v1/models/x:countTokens, /v1/models/x:countTokens",
        "GEMINI,       https://g.example/v1beta,       /openai/models,       /v1beta/openai/models,       /v1beta/openai/models",
        "STRIPE,       https://api.stripe.com,         /v1/charges,          /v1/charges,                 /v1/charges",
    })
    void theRootStandsOnceWhereverItWasNamed(
            Profile profile, String baseUrl, String callersPath, String upstream, String routed) {
        BasePath base = BasePath.of(profile, URI.create(baseUrl));

        assertThat(base.upstream(callersPath)).isEqualTo(upstream);
        assertThat(base.routed(upstream)).isEqualTo(routed);
    }

    @Test
    void knownPathsAreThoseOfTheUpstreamThatLetRequestsThrough() {
        assertThat(BasePath.of(Profile.CEREBRAS, URI.create("https://x/gateway/v1"))
                        .known())
                .isEqualTo(List.of(
                        "/gateway/v1/chat/completions",
                        "/gateway/v1/completions",
                        "/gateway/v1/embeddings",
                        "/gateway/v1/models",
                        "/gateway/v1/models/**"));
        assertThat(BasePath.of(Profile.GEMINI, URI.create("https://x")).known())
                .contains("/v1beta/models/*:generateContent")
                .doesNotContain("/v1beta/models/*:predict");
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void everyProfileIsFoundByItsNameAndKnowsItsTemplates(Profile profile) {
        assertThat(Profile.ofWireName(profile.wireName())).isEqualTo(profile);
        assertThat(KnownPaths.of(profile)).allSatisfy(path -> {
            assertThat(path.template()).startsWith("/");
            assertThat(path.reason().isEmpty()).isEqualTo(path.passes());
        });
    }
}
