package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.counters.BudgetLevel;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.embedded.EmbeddedRedis;
import io.rateguard.embedded.Settings;
import io.rateguard.proxy.testbed.BudgetView;
import io.rateguard.proxy.testbed.RawUpstream;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that become longer than was likely: budgets know of it while they go on. */
class GrowingHoldIT {

    /** At the price of demo-small, without its input. */
    private static final long NANOS_PER_TOKEN = 600;

    private static final long LIKELY_TOKENS = 1_024;
    private static final int BYTES_PER_TOKEN = 4;
    private static final String SAY =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"demo-small\","
                    + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n";
    private static final String END =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"demo-small\","
                    + "\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":%d,\"total_tokens\":%d}}\n\n"
                    + "data: [DONE]\n\n";

    @TempDir
    private static Path dir;

    private static EmbeddedRedis redis;
    private static TestBed bed;

    @BeforeAll
    static void start() {
        redis = EmbeddedRedis.start(Settings.in(dir).withDurable(false));
        bed = TestBed.start(
                UnaryOperator.identity(), TestBed.counters(redis.access().url(), Duration.ofSeconds(60)));
    }

    @AfterAll
    static void stop() {
        bed.close();
        redis.close();
    }

    @Test
    void anElasticHoldKeepsUpWithItsStreamAndOthersSeeIt() throws Exception {
        try (Streaming streaming = new Streaming("grows", "elastic", 8_000_000, "")) {
            BudgetLevel begun = streaming.whenHeld(held -> held > 0);
            assertThat(begun.held().nanos()).isBetween(LIKELY_TOKENS * NANOS_PER_TOKEN, 700_000L);

            streaming.say(3_000);
            BudgetLevel grown = streaming.whenHeld(held -> held >= 3_000 * NANOS_PER_TOKEN);
            assertThat(grown.held().nanos()).isLessThan(2 * 3_000 * NANOS_PER_TOKEN);

            streaming.say(7_000);
            streaming.whenHeld(held -> held >= 10_000 * NANOS_PER_TOKEN);
            assertThat(bed.send(bed.chat(streaming.key, TestBed.chatBody("demo-small", 5_000)))
                            .statusCode())
                    .isEqualTo(402);
            assertThat(ManagementPort.of(bed.proxy(), "rateguard_holds_grown")).isGreaterThanOrEqualTo(2);

            assertThat(streaming.end(10_000).statusCode()).isEqualTo(200);
            assertThat(streaming.heldAtLast()).isGreaterThanOrEqualTo(10_000 * NANOS_PER_TOKEN);
            assertThat(streaming.budget.onceNothingIsHeld()).isEqualTo(Money.ofNanos(3_000 + 10_000 * NANOS_PER_TOKEN));
        }
    }

    @Test
    void whatRedisDidNotHearOfIsHeldSoonAfterItsReturn() throws Exception {
        try (Streaming streaming = new Streaming("missed", "elastic", 80_000_000, "")) {
            streaming.whenHeld(held -> held > 0);
            double failedBefore = ManagementPort.of(bed.proxy(), "rateguard_holds_grown_failed");

            redis.pause();
            streaming.say(3_000);
            until(() -> ManagementPort.of(bed.proxy(), "rateguard_holds_grown_failed") > failedBefore);
            redis.resume();
            streaming.say(600);

            streaming.whenHeld(held -> held >= 3_000 * NANOS_PER_TOKEN);
            assertThat(streaming.end(3_600).statusCode()).isEqualTo(200);
            assertThat(streaming.budget.onceNothingIsHeld()).isEqualTo(Money.ofNanos(3_000 + 3_600 * NANOS_PER_TOKEN));
        }
    }

    @Test
    void aStrictHoldIsABoundAndStays() throws Exception {
        try (Streaming streaming = new Streaming("stays", "strict", 500_000_000, "\"max_tokens\":12000,")) {
            BudgetLevel begun = streaming.whenHeld(held -> held > 0);
            double grownBefore = ManagementPort.of(bed.proxy(), "rateguard_holds_grown");

            streaming.say(10_000);
            streaming.say(100);
            assertThat(streaming.end(10_100).statusCode()).isEqualTo(200);

            assertThat(begun.held().nanos()).isGreaterThan(10_100 * NANOS_PER_TOKEN);
            assertThat(ManagementPort.of(bed.proxy(), "rateguard_holds_grown")).isEqualTo(grownBefore);
            assertThat(streaming.budget.onceNothingIsHeld()).isEqualTo(Money.ofNanos(3_000 + 10_100 * NANOS_PER_TOKEN));
        }
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** One streamed chat whose upstream says what it is told to. */
    private static final class Streaming implements AutoCloseable {

        private final RawUpstream upstream;
        private final CompletableFuture<RawUpstream.Call> called = new CompletableFuture<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final TestKey key;
        private final BudgetView budget;
        private final CompletableFuture<HttpResponse<String>> reply;

        Streaming(String slug, String estimate, long amountNanos, String limit) throws IOException {
            upstream = RawUpstream.start(call -> {
                call.readRequest();
                call.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
                called.complete(call);
                ended.join();
            });
            WorkspaceId workspace = bed.newWorkspace(slug);
            bed.database().api(workspace, "demo", "demo", upstream.url(), "bearer", TestBed.UPSTREAM_SECRET);
            BudgetId id = bed.database().budget(workspace, "month", amountNanos, estimate);
            budget = new BudgetView(workspace, id, redis.access().url());
            key = bed.database().key(workspace, slug);
            String body = "{\"model\":\"demo-small\",\"stream\":true," + limit
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
            reply = bed.http().sendAsync(bed.chat(key, body).build(), BodyHandlers.ofString());
        }

        /** In events of 100 tokens. */
        void say(int tokens) throws Exception {
            RawUpstream.Call call = called.get(10, TimeUnit.SECONDS);
            for (int said = 0; said < tokens; said += 100) {
                call.write(SAY.formatted("x".repeat(100 * BYTES_PER_TOKEN)));
            }
        }

        HttpResponse<String> end(int tokens) throws Exception {
            called.get(10, TimeUnit.SECONDS).write(END.formatted(tokens, tokens + 20));
            ended.complete(null);
            return reply.get(10, TimeUnit.SECONDS);
        }

        BudgetLevel whenHeld(Predicate<Long> condition) {
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            BudgetLevel level = budget.now();
            while (!condition.test(level.held().nanos())) {
                assertThat(System.nanoTime()).as("still " + level).isLessThan(end);
                LockSupport.parkNanos(5_000_000);
                level = budget.now();
            }
            return level;
        }

        /** As its event has it. */
        long heldAtLast() {
            return bed.events().await(events -> events.stream().anyMatch(this::isMine)).stream()
                    .filter(this::isMine)
                    .findFirst()
                    .orElseThrow()
                    .charges()
                    .getFirst()
                    .heldNanos();
        }

        /** The one that was let through. */
        private boolean isMine(RequestEvent event) {
            return event.caller().workspace().equals(budget.workspace())
                    && event.verdict().decision() == Decision.ALLOWED;
        }

        @Override
        public void close() throws IOException {
            ended.complete(null);
            upstream.close();
        }
    }
}
