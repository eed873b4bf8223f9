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
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.param.CustomerCreateParams;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.UsageSource;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.util.List;
import java.util.function.Function;
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
    void openaiGetsTheSameAsWithoutRateGuard() {
        OpenAIClient direct = openai(bed.provider().url() + "/v1", TestBed.UPSTREAM_SECRET, 2);
        OpenAIClient guarded = openai(key);

        assertSame(
                direct,
                guarded,
                it -> it.chat().completions().create(chat("gpt-4o-mini")),
                answer -> List.of(answer.choices(), answer.usage()));
        assertSame(direct, guarded, SdkIT::chunks, chunks -> chunks);
        assertSame(
                direct,
                guarded,
                it -> it.responses().create(response().build()),
                answer -> List.of(answer.output().getFirst().asMessage().content(), answer.usage()));
        assertSame(
                direct,
                guarded,
                it -> it.embeddings().create(texts()),
                answer -> List.of(answer.data(), answer.usage()));
    }

    @Test
    void anthropicGetsTheSameAsWithoutRateGuard() {
        AnthropicClient direct = anthropic(bed.provider().url(), TestBed.UPSTREAM_SECRET);
        AnthropicClient guarded = anthropic(key);

        assertSame(
                direct,
                guarded,
                it -> it.messages().create(message()),
                answer -> List.of(answer.content(), answer.usage(), answer.stopReason()));
        assertSame(direct, guarded, SdkIT::deltas, deltas -> deltas);
    }

    private static <C, A> void assertSame(C direct, C guarded, Function<C, A> ask, Function<A, ?> seen) {
        assertThat((Object) seen.apply(ask.apply(guarded))).isEqualTo(seen.apply(ask.apply(direct)));
    }

    private static List<?> chunks(OpenAIClient client) {
        try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(chat("gpt-4o-mini"))) {
            return stream.stream().map(ChatCompletionChunk::choices).toList();
        }
    }

    private static List<?> deltas(AnthropicClient client) {
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(message())) {
            return stream.stream()
                    .map(event -> List.of(event.contentBlockDelta(), event.messageDelta()))
                    .toList();
        }
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
    void openaiGetsAResponse() {
        Response answer = openai(key).responses().create(response().build()).validate();

        assertThat(answer.status()).contains(ResponseStatus.INCOMPLETE);
        assertThat(answer.usage().orElseThrow().outputTokens()).isEqualTo(20);
    }

    @Test
    void openaiGetsAResponseAsAStream() {
        try (com.openai.core.http.StreamResponse<ResponseStreamEvent> stream =
                openai(key).responses().createStreaming(response().build())) {
            List<ResponseStreamEvent> events = stream.stream().toList();

            assertThat(events.getFirst().isCreated()).isTrue();
            assertThat(events.getLast().asIncomplete().response().usage()).isPresent();
        }
    }

    @Test
    void aResponseMadeInTheBackgroundIsChargedOnceHoweverOftenItIsLookedAt() {
        TestKey alone = workspaceWith("background", null, 0);
        OpenAIClient openai = openai(alone);

        Response begun = openai.responses().create(response().background(true).build());
        Response first = openai.responses().retrieve(begun.id());
        openai.responses().retrieve(begun.id());

        assertThat(begun.usage()).isEmpty();
        assertThat(first.usage()).isPresent();
        List<RequestEvent> events = bed
                .events()
                .await(all -> all.stream()
                                .filter(it -> alone.id().equals(it.caller().key()))
                                .count()
                        == 3)
                .stream()
                .filter(it -> alone.id().equals(it.caller().key()))
                .toList();
        assertThat(events)
                .filteredOn(it -> it.call().method().equals("POST"))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.metering().source()).isEqualTo(UsageSource.ESTIMATED);
                    assertThat(it.metering().costNanos()).isPositive();
                });
        assertThat(events)
                .filteredOn(it -> it.call().method().equals("GET"))
                .hasSize(2)
                .allSatisfy(it -> {
                    assertThat(it.call().endpoint()).isEqualTo("/v1/responses/{id}");
                    assertThat(it.metering().costNanos()).isZero();
                });
    }

    @Test
    void openaiGetsEmbeddings() {
        CreateEmbeddingResponse answer = openai(key).embeddings().create(texts());

        assertThat(answer.data()).hasSize(2);
        assertThat(answer.usage().promptTokens()).isPositive();
    }

    @Test
    void stripeMakesACustomerAndFindsItAgain() throws StripeException {
        TestKey payments = workspaceWith("payments", null, 0);
        StripeClient stripe = StripeClient.builder()
                .setApiKey(payments.secret())
                .setApiBase(bed.url() + "/proxy/stripe")
                .build();

        Customer made = stripe.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setName("Ada Möller")
                        .setEmail("ada@example.com")
                        .build());
        Customer found = stripe.v1().customers().retrieve(made.getId());
        Customer direct = StripeClient.builder()
                .setApiKey(TestBed.UPSTREAM_SECRET)
                .setApiBase(bed.provider().url())
                .build()
                .v1()
                .customers()
                .retrieve(made.getId());
        com.stripe.exception.InvalidRequestException unknown = catchThrowableOfType(
                com.stripe.exception.InvalidRequestException.class,
                () -> stripe.v1().customers().retrieve("cus_none"));

        assertThat(found.getName()).isEqualTo("Ada Möller");
        assertThat(found.toJson()).isEqualTo(direct.toJson());
        assertThat(unknown.getStatusCode()).isEqualTo(404);
    }

    @Test
    void aRefusalIsStripesOwnError() {
        TestKey limited = workspaceWith("payments-limited", NEVER_AGAIN, 0);
        StripeClient stripe = StripeClient.builder()
                .setApiKey(limited.secret())
                .setApiBase(bed.url() + "/proxy/stripe")
                .build();

        com.stripe.exception.RateLimitException refused = catchThrowableOfType(
                com.stripe.exception.RateLimitException.class,
                () -> stripe.v1().customers().retrieve("cus_1"));

        assertThat(refused.getCode()).isEqualTo("rate_limited");
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
        bed.database().api(workspace, "stripe", "stripe", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
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
        return openai(bed.url() + "/proxy/openai/v1", key.secret(), retries);
    }

    private static OpenAIClient openai(String url, String secret, int retries) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(url)
                .apiKey(secret)
                .maxRetries(retries)
                .build();
    }

    private static AnthropicClient anthropic(TestKey key) {
        return anthropic(bed.url() + "/proxy/anthropic", key.secret());
    }

    private static AnthropicClient anthropic(String url, String secret) {
        return AnthropicOkHttpClient.builder().baseUrl(url).apiKey(secret).build();
    }

    private static EmbeddingCreateParams texts() {
        return EmbeddingCreateParams.builder()
                .model("text-embedding-3-small")
                .inputOfArrayOfStrings(List.of("one", "two"))
                .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                .build();
    }

    private static ChatCompletionCreateParams chat(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .maxCompletionTokens(20)
                .addUserMessage("Say hello.")
                .build();
    }

    private static ResponseCreateParams.Builder response() {
        return ResponseCreateParams.builder()
                .model("gpt-4o-mini")
                .maxOutputTokens(20)
                .input("Say hello.");
    }

    private static MessageCreateParams message() {
        return MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .maxTokens(20)
                .addUserMessage("Say hello.")
                .build();
    }
}
