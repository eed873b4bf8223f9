package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The official clients, unmodified but for base URL and key. */
class SdkIT {

    private static final String NEVER_AGAIN = """
            {"algorithm":"token-bucket","unit":"requests","capacity":0,"refill":0,"periodSeconds":60}""";
    private static final String ONE_IN_TEN_SECONDS = """
            {"algorithm":"token-bucket","unit":"requests","capacity":1,"refill":1,"periodSeconds":10}""";

    private static TestBed bed;
    private static TestKey key;

    @BeforeAll
    static void start() {
        bed = TestBed.start();
        key = bed.key();
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    void openaiGetsAnAnswer() {
        ChatCompletion answer = openai(key).chat().completions().create(chat("gpt-4o-mini"));

        assertThat(answer.choices().getFirst().message().content().orElse("")).isNotBlank();
        assertThat(answer.usage()).isPresent();
    }

    @Test
    void openaiGetsAStream() {
        try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
                openai(key).chat().completions().createStreaming(chat("gpt-4o-mini"))) {
            List<ChatCompletionChunk> chunks = stream.stream().toList();

            assertThat(chunks)
                    .hasSizeGreaterThan(2)
                    .allSatisfy(chunk -> assertThat(chunk.choices()).isNotEmpty());
        }
    }

    @Test
    void anthropicGetsAnAnswer() {
        Message answer = anthropic(key).messages().create(message());

        assertThat(answer.content()).isNotEmpty();
        assertThat(answer.usage().outputTokens()).isPositive();
    }

    @Test
    void anthropicGetsAStream() {
        try (StreamResponse<RawMessageStreamEvent> stream =
                anthropic(key).messages().createStreaming(message())) {
            List<RawMessageStreamEvent> events = stream.stream().toList();

            assertThat(events.getFirst().isMessageStart()).isTrue();
            assertThat(events.getLast().isMessageStop()).isTrue();
        }
    }

    @Test
    void aRevokedKeyIsTheClientsOwnUnauthorizedError() {
        TestKey revoked = bed.key();
        openai(revoked).chat().completions().create(chat("gpt-4o-mini"));
        bed.database().setKeyStatus(revoked.id(), "revoked");

        UnauthorizedException openai = catchThrowableOfType(UnauthorizedException.class, () -> untilRefused(revoked));
        AnthropicServiceException anthropic = catchThrowableOfType(
                AnthropicServiceException.class,
                () -> anthropic(revoked).messages().create(message()));

        assertThat(openai.code()).contains("key_revoked");
        assertThat(anthropic).isInstanceOf(com.anthropic.errors.UnauthorizedException.class);
        assertThat(anthropic.body().toString()).contains("key_revoked");
    }

    @Test
    void aReachedLimitIsTheClientsOwnRateLimitError() {
        TestKey limited = workspaceWith("limited", ONE_IN_TEN_SECONDS, 0);
        OpenAIClient openai = openai(limited, 0);
        openai.chat().completions().create(chat("gpt-4o-mini"));

        RateLimitException refused = catchThrowableOfType(
                RateLimitException.class, () -> openai.chat().completions().create(chat("gpt-4o-mini")));

        assertThat(refused.code()).contains("rate_limited");
        assertThat(refused.headers().values("Retry-After"))
                .first()
                .satisfies(seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 10));
        assertThat(refused.headers().values("X-RateGuard-Decision")).containsExactly("limited");
    }

    @Test
    void aReachedLimitIsAnthropicsOwnRateLimitError() {
        TestKey limited = workspaceWith("never", NEVER_AGAIN, 0);

        com.anthropic.errors.RateLimitException refused = catchThrowableOfType(
                com.anthropic.errors.RateLimitException.class,
                () -> anthropic(limited).messages().create(message()));

        assertThat(refused.body().toString()).contains("rate_limited");
        assertThat(refused.headers().values("x-should-retry")).containsExactly("false");
    }

    @Test
    void anExhaustedBudgetIsSentOnceAndNotTriedAgain() {
        TestKey poor = workspaceWith("poor", null, 1);

        OpenAIServiceException openai = catchThrowableOfType(
                OpenAIServiceException.class,
                () -> openai(poor).chat().completions().create(chat("gpt-4o-mini")));
        AnthropicServiceException anthropic = catchThrowableOfType(
                AnthropicServiceException.class,
                () -> anthropic(poor).messages().create(message()));

        assertThat(openai.statusCode()).isEqualTo(402);
        assertThat(openai.code()).contains("budget_exhausted");
        assertThat(anthropic.statusCode()).isEqualTo(402);
        assertThat(anthropic.body().toString()).contains("budget_exhausted");
        assertThat(bed
                        .events()
                        .await(events -> events.stream()
                                        .filter(it -> it.caller().key().equals(poor.id()))
                                        .count()
                                >= 2)
                        .stream()
                        .filter(it -> poor.id().equals(it.caller().key())))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.verdict().decision()).isEqualTo(Decision.OVER_BUDGET));
    }

    private static void untilRefused(TestKey revoked) {
        long end = System.nanoTime() + 1_000_000_000L;
        while (System.nanoTime() < end) {
            openai(revoked).chat().completions().create(chat("gpt-4o-mini"));
        }
        throw new AssertionError("a revoked key lived on for more than a second");
    }

    private static TestKey workspaceWith(String slug, String limitJson, long budgetNanos) {
        WorkspaceId workspace = bed.newWorkspace(slug);
        bed.database().api(workspace, "openai", "openai", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        bed.database()
                .api(workspace, "anthropic", "anthropic", bed.provider().url(), "header", TestBed.UPSTREAM_SECRET);
        if (limitJson != null) {
            bed.database().limit(workspace, "tight", "{}", "[]", limitJson);
        }
        if (budgetNanos > 0) {
            bed.database().budget(workspace, "tiny", budgetNanos, "strict");
        }
        return bed.database().key(workspace, slug);
    }

    private static OpenAIClient openai(TestKey key) {
        return openai(key, 2);
    }

    private static OpenAIClient openai(TestKey key, int retries) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(bed.url() + "/proxy/openai/v1")
                .apiKey(key.secret())
                .maxRetries(retries)
                .build();
    }

    private static AnthropicClient anthropic(TestKey key) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(bed.url() + "/proxy/anthropic")
                .apiKey(key.secret())
                .build();
    }

    private static ChatCompletionCreateParams chat(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .maxCompletionTokens(20)
                .addUserMessage("Say hello.")
                .build();
    }

    private static MessageCreateParams message() {
        return MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .maxTokens(20)
                .addUserMessage("Say hello.")
                .build();
    }
}
