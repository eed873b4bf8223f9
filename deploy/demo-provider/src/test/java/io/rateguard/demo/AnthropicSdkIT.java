package io.rateguard.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.RateLimitException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnthropicSdkIT extends ProviderFixture {

    private AnthropicClient anthropic;

    @BeforeEach
    void connect() {
        anthropic = AnthropicOkHttpClient.builder()
                .baseUrl(provider.url())
                .apiKey("any")
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void disconnect() {
        anthropic.close();
    }

    @Test
    void readsAWholeAnswer() {
        MessageCreateParams asked = prompt().putAdditionalHeader("X-Demo-Cached-Tokens", "64")
                .putAdditionalHeader("X-Demo-Cache-Write-1h-Tokens", "32")
                .build();

        Message answer = anthropic.messages().create(asked).validate();

        assertThat(answer.content().getFirst().asText().text()).startsWith("This is the RateGuard");
        assertThat(answer.usage().inputTokens()).isEqualTo(5);
        assertThat(answer.usage().cacheReadInputTokens()).contains(64L);
        assertThat(answer.usage().cacheCreation().orElseThrow().ephemeral1hInputTokens())
                .isEqualTo(32);
        assertThat(answer.usage().outputTokens()).isEqualTo(Prose.DEFAULT_TOKENS);
        assertThat(provider.received().last().header("authorization")).contains("Bearer any");
    }

    @Test
    void readsAStreamWithItsUsage() {
        MessageCreateParams asked = prompt().maxTokens(20)
                .putAdditionalHeader("X-Demo-Split", "5")
                .putAdditionalHeader("X-Demo-Line-Break", "crlf")
                .build();
        MessageAccumulator accumulator = MessageAccumulator.create();

        try (StreamResponse<RawMessageStreamEvent> stream = anthropic.messages().createStreaming(asked)) {
            stream.stream().map(RawMessageStreamEvent::validate).forEach(accumulator::accumulate);
        }

        Message answer = accumulator.message();
        assertThat(answer.content().getFirst().asText().text()).isEqualTo(Prose.text(Prose.words(20)));
        assertThat(answer.stopReason()).contains(StopReason.MAX_TOKENS);
        assertThat(answer.usage().inputTokens()).isEqualTo(5);
        assertThat(answer.usage().outputTokens()).isEqualTo(20);
    }

    @Test
    void takesA429ForARateLimit() {
        MessageCreateParams asked =
                prompt().putAdditionalHeader("X-Demo-Status", "429").build();

        assertThatExceptionOfType(RateLimitException.class)
                .isThrownBy(() -> anthropic.messages().create(asked))
                .withMessageContaining("asked to fail");
    }

    private static MessageCreateParams.Builder prompt() {
        return MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .maxTokens(1_000)
                .addUserMessage("hello");
    }
}
