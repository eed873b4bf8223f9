package io.rateguard.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenAiSdkIT extends ProviderFixture {

    private OpenAIClient openAi;

    @BeforeEach
    void connect() {
        openAi = OpenAIOkHttpClient.builder()
                .baseUrl(provider.url() + "/v1")
                .apiKey("any")
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void disconnect() {
        openAi.close();
    }

    @Test
    void readsAWholeAnswer() {
        ChatCompletion answer =
                openAi.chat().completions().create(prompt().build()).validate();

        assertThat(answer.model()).isEqualTo("gpt-4o-mini");
        assertThat(answer.choices().getFirst().message().content().orElseThrow())
                .startsWith("This is the RateGuard");
        assertThat(answer.usage().orElseThrow().promptTokens()).isEqualTo(5);
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(5 + Prose.DEFAULT_TOKENS);
        assertThat(provider.received().last().header("authorization")).contains("Bearer any");
    }

    @Test
    void readsAStreamWithItsUsage() {
        ChatCompletionCreateParams asked = prompt().streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .putAdditionalHeader("X-Demo-Cached-Tokens", "64")
                .putAdditionalHeader("X-Demo-Split", "3")
                .build();

        List<ChatCompletionChunk> chunks;
        try (StreamResponse<ChatCompletionChunk> stream =
                openAi.chat().completions().createStreaming(asked)) {
            chunks = stream.stream().map(ChatCompletionChunk::validate).toList();
        }

        String text = chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .flatMap(choice -> choice.delta().content().stream())
                .collect(Collectors.joining());
        assertThat(text).isEqualTo(Prose.text(Prose.words(Prose.DEFAULT_TOKENS)));
        var usage = chunks.getLast().usage().orElseThrow();
        assertThat(usage.promptTokens()).isEqualTo(5 + 64);
        assertThat(usage.promptTokensDetails().orElseThrow().cachedTokens()).contains(64L);
    }

    @Test
    void takesA429ForARateLimit() {
        ChatCompletionCreateParams asked =
                prompt().putAdditionalHeader("X-Demo-Status", "429").build();

        assertThatExceptionOfType(RateLimitException.class)
                .isThrownBy(() -> openAi.chat().completions().create(asked))
                .satisfies(limit -> {
                    assertThat(limit.code()).contains("rate_limit_exceeded");
                    assertThat(limit.headers().values("retry-after")).containsExactly("1");
                });
    }

    private static ChatCompletionCreateParams.Builder prompt() {
        return ChatCompletionCreateParams.builder().model("gpt-4o-mini").addUserMessage("hello");
    }
}
