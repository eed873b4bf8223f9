package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.UsageSource;
import io.rateguard.proxy.forward.ForwardSettings;
import io.rateguard.proxy.testbed.BudgetView;
import io.rateguard.proxy.testbed.RawCaller;
import io.rateguard.proxy.testbed.RawCaller.Answer;
import io.rateguard.proxy.testbed.RawUpstream;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replies of every shape that HTTP allows: they arrive as they were sent, and are recorded and billed once. */
class ReplyShapesIT {

    private static final int HELD_BYTES = 2_000;

    private static TestBed bed;
    private static int workspaces;

    private WorkspaceId workspace;
    private BudgetId budget;
    private TestKey key;

    @BeforeAll
    static void start() {
        bed = TestBed.start(it -> new ForwardSettings(
                2, Duration.ofMillis(200), it.connectionIdle(), HELD_BYTES, it.drain(), it.drainsAtOnce()));
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @BeforeEach
    void workspace() {
        workspace = bed.newWorkspace("shapes-" + ++workspaces);
        budget = bed.database().budget(workspace, "month", 1_000_000_000L, "strict");
        key = bed.database().key(workspace, "k");
    }

    @Test
    void aReplyToHeadHasTheLengthButNoBodyAndIsComplete() throws IOException {
        try (RawUpstream upstream = upstream("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nX-A: b\r\n\r\n");
                RawCaller caller = caller()) {
            Answer first = caller.write(request("HEAD", "/rest/x", "")).readHeadOnly();
            Answer second = caller.write(request("HEAD", "/rest/x", "")).readHeadOnly();

            assertThat(first.status()).isEqualTo(200);
            assertThat(first.header("content-length")).contains("5000");
            assertThat(first.header("x-a")).contains("b");
            assertThat(outcome(first)).isEqualTo(Outcome.COMPLETED);
            assertThat(outcome(second)).isEqualTo(Outcome.COMPLETED);
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void repliesWithoutABodyAreComplete() throws IOException {
        for (String status : List.of("204 No Content", "304 Not Modified")) {
            try (RawUpstream upstream = upstream("HTTP/1.1 " + status + "\r\nETag: \"1\"\r\n\r\n");
                    RawCaller caller = caller()) {
                Answer first = caller.write(request("GET", "/rest/x", "")).read();
                Answer second = caller.write(request("GET", "/rest/x", "")).read();

                assertThat(first.head()).contains(status).doesNotContainIgnoringCase("transfer-encoding");
                assertThat(outcome(first)).isEqualTo(Outcome.COMPLETED);
                assertThat(outcome(second)).isEqualTo(Outcome.COMPLETED);
                assertThat(upstream.heads()).isNotEmpty();
            }
        }
    }

    @Test
    void anEmptyReplyIsComplete() throws IOException {
        try (RawUpstream upstream = upstream("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                RawCaller caller = caller()) {
            Answer answer = caller.write(request("DELETE", "/rest/x", "")).read();
            Answer again = caller.write(request("DELETE", "/rest/x", "")).read();

            assertThat(answer.header("content-length")).contains("0");
            assertThat(outcome(answer)).isEqualTo(Outcome.COMPLETED);
            assertThat(outcome(again)).isEqualTo(Outcome.COMPLETED);
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void informationalRepliesAreNotTakenForTheAnswer() throws IOException {
        try (RawUpstream upstream =
                        upstream("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                                + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                RawCaller caller = caller()) {
            Answer answer = caller.write(request("GET", "/rest/x", "")).read();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(outcome(answer)).isEqualTo(Outcome.COMPLETED);
            assertThat(upstream.heads()).hasSize(1);
        }
    }

    @Test
    void aReplyThatEndsWithItsConnectionPassesWhole() throws IOException {
        try (RawUpstream upstream = RawUpstream.start(call -> {
                    call.readRequest();
                    call.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/plain\r\n\r\nto the end");
                });
                RawCaller caller = caller()) {
            api(upstream.url());
            Answer answer = caller.write(request("GET", "/rest/x", "")).read();
            Answer again = caller.write(request("GET", "/rest/x", "")).read();

            assertThat(answer.body()).isEqualTo("to the end");
            assertThat(again.body()).isEqualTo("to the end");
            assertThat(outcome(answer)).isEqualTo(Outcome.COMPLETED);
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void headersOfTheUpstreamWithOurNamesMoveAsideAndThoseOfOneConnectionStay() throws IOException {
        try (RawUpstream upstream = upstream("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-RateGuard-Decision: mine\r\n"
                        + "X-RateLimit-Remaining: 7\r\nConnection: X-Private\r\nX-Private: 1\r\nKeep-Alive: timeout=5"
                        + "\r\n\r\nok");
                RawCaller caller = caller()) {
            Answer answer = caller.write(request("GET", "/rest/x", "")).read();

            assertThat(answer.header("X-RateGuard-Decision")).contains("allowed");
            assertThat(answer.header("X-RateGuard-Upstream-X-RateGuard-Decision"))
                    .contains("mine");
            assertThat(answer.header("X-RateGuard-Upstream-X-RateLimit-Remaining"))
                    .contains("7");
            assertThat(answer.header("X-Private")).isEmpty();
            assertThat(answer.header("Keep-Alive")).isEmpty();
            assertThat(upstream.heads()).hasSize(1);
        }
    }

    @Test
    void aReplyThatIsNotHttpIsABadGateway() throws IOException {
        for (String reply :
                List.of("SSH-2.0-x\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-\0: 1\r\n\r\nhello")) {
            try (RawUpstream upstream = upstream(reply);
                    RawCaller caller = caller()) {
                Answer answer = caller.write(request("GET", "/rest/x", "")).read();

                assertThat(answer.status()).isEqualTo(502);
                assertThat(outcome(answer)).isEqualTo(Outcome.UPSTREAM_CUT);
                assertThat(upstream.heads()).hasSize(1);
            }
        }
    }

    @Test
    void aMeteredReplyThatIsTooLargeToHoldStreamsAndIsStillBilledInFull() throws IOException {
        demo();
        try (RawCaller caller = caller()) {
            Answer answer = caller.write(chat(false, "X-Demo-Output-Tokens: 2000\r\nX-Demo-Input-Tokens: 20\r\n", 2000))
                    .read();

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body().length()).isGreaterThan(HELD_BYTES);
            assertThat(answer.header("X-RateGuard-Cost-Cents")).isEmpty();
            RequestEvent event = event(answer);
            assertThat(event.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(event.metering().source()).isEqualTo(UsageSource.PROVIDER);
            assertThat(event.metering().costNanos()).isEqualTo(3_000 + 1_200_000);
            settled(1_203_000);
        }
    }

    @Test
    void theCostIsATrailerForCallersThatTakeTrailers() throws IOException {
        demo();
        try (RawCaller caller = caller()) {
            Answer answer = caller.write(
                            chat(true, "TE: trailers\r\nX-Demo-Output-Tokens: 10\r\nX-Demo-Input-Tokens: 20\r\n", 10))
                    .read();

            assertThat(answer.header("Trailer")).contains("X-RateGuard-Cost-Cents");
            assertThat(answer.trailers()).containsIgnoringCase("X-RateGuard-Cost-Cents: 0.0009");
        }
    }

    @Test
    void compressedRepliesPassAsTheyAreAndAreBilledAsReported() throws IOException {
        demo();
        for (boolean stream : List.of(false, true)) {
            try (RawCaller caller = caller()) {
                Answer answer = caller.write(chat(
                                stream,
                                "X-Demo-Compress: gzip\r\nX-Demo-Output-Tokens: 10\r\nX-Demo-Input-Tokens: 20\r\n",
                                10))
                        .read();

                assertThat(answer.header("content-encoding")).contains("gzip");
                RequestEvent event = event(answer);
                assertThat(event.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
                assertThat(event.metering().source()).isEqualTo(UsageSource.PROVIDER);
                assertThat(event.metering().costNanos()).isEqualTo(9_000);
            }
        }
    }

    @Test
    void anUpstreamThatAnswersBeforeItHasReadTheBodyIsHeard() throws IOException {
        try (RawUpstream upstream = RawUpstream.start(call -> {
                    call.readHead();
                    call.write("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
                    while (call.read() >= 0) {
                        continue;
                    }
                });
                RawCaller caller = caller()) {
            api(upstream.url());
            caller.write(head("POST", "/rest/x", "Content-Length: 3000000\r\n"));
            caller.write("x".repeat(1_000));
            Answer answer = caller.read();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("big");
            assertThat(outcome(answer)).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void anUpstreamConnectionThatWasClosedWhileIdleIsReplaced() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        try (RawUpstream upstream = RawUpstream.start(call -> {
                    call.readRequest();
                    call.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    calls.incrementAndGet();
                });
                RawCaller caller = caller()) {
            api(upstream.url());
            for (int i = 1; i <= 5; i++) {
                int expected = i;
                assertThat(caller.write(request("GET", "/rest/x", "")).read().status())
                        .isEqualTo(200);
                until(() -> calls.get() == expected);
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
            assertThat(upstream.connections()).isEqualTo(5);
        }
    }

    @Test
    void whenNoConnectionIsFreeTheUpstreamIsBusy() throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(call -> {
                    call.readRequest();
                    awaited(done);
                    call.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                });
                RawCaller a = caller();
                RawCaller b = caller();
                RawCaller c = caller();
                RawCaller d = caller()) {
            api(upstream.url());
            a.write(request("GET", "/rest/x", ""));
            b.write(request("GET", "/rest/x", ""));
            until(() -> upstream.heads().size() == 2);

            Answer third = c.write(request("GET", "/rest/x", "")).read();
            Answer fourth = d.write(request("GET", "/rest/x", "")).read();
            done.countDown();

            assertThat(List.of(third.status(), fourth.status())).containsOnly(503);
            assertThat(third.body()).contains("upstream_busy");
            assertThat(outcome(third)).isEqualTo(Outcome.UNREACHABLE);
            assertThat(a.read().status()).isEqualTo(200);
            assertThat(b.read().status()).isEqualTo(200);
        }
    }

    @Test
    void aSlowCallerSlowsTheUpstreamDown() throws IOException {
        AtomicLong written = new AtomicLong();
        byte[] piece = "y".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        int pieces = 4_000;
        try (RawUpstream upstream = RawUpstream.start(call -> {
            call.readRequest();
            call.write("HTTP/1.1 200 OK\r\nContent-Length: " + (long) piece.length * pieces + "\r\n\r\n");
            for (int i = 0; i < pieces; i++) {
                call.write(piece);
                written.addAndGet(piece.length);
            }
        })) {
            api(upstream.url());
            String id;
            try (RawCaller caller = caller()) {
                String head = caller.write(request("GET", "/rest/x", "")).readHead();
                id = new Answer(head, "", "").header("X-RateGuard-Request-Id").orElseThrow();
                untilItRests(written);

                assertThat(written.get()).isLessThan(40L << 20);
            }
            assertThat(bed.events().of(id).verdict().outcome()).isEqualTo(Outcome.CLIENT_GONE);
        }
        until(() -> metric("rateguard_exchanges_open") == 0);
        assertThat(metric("rateguard_exchanges_draining")).isZero();
    }

    @Test
    void aCallerThatLeavesWhatHasWhollyArrivedLeavesNoDrainBehind() throws IOException {
        CountDownLatch sent = new CountDownLatch(1);
        String body = "z".repeat(6_000_000);
        try (RawUpstream upstream = RawUpstream.start(call -> {
            call.readRequest();
            call.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            sent.countDown();
            call.read();
        })) {
            api(upstream.url());
            for (int i = 0; i < 10; i++) {
                try (RawCaller caller = caller()) {
                    caller.write(request("GET", "/rest/x", "")).readHead();
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
            }
            until(() -> metric("rateguard_exchanges_open") == 0);
            assertThat(metric("rateguard_exchanges_draining")).isZero();
        }
    }

    private static void untilItRests(AtomicLong count) {
        long before = -1;
        while (count.get() != before) {
            before = count.get();
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
    }

    private static double metric(String name) {
        return ManagementPort.of(bed.proxy(), name);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it never came true");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private RawUpstream upstream(String reply) throws IOException {
        RawUpstream upstream = RawUpstream.answering(reply);
        api(upstream.url());
        return upstream;
    }

    private void demo() {
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
    }

    /** A workspace of its own, so that no notification has to be waited for. */
    private void api(String url) {
        workspace();
        bed.database().api(workspace, "demo", "demo", url, "none", "");
    }

    private RawCaller caller() throws IOException {
        return new RawCaller(bed.proxy().port());
    }

    private String request(String method, String path, String headers) {
        return head(method, path, headers);
    }

    private String head(String method, String path, String headers) {
        return method + " /proxy/demo" + path + " HTTP/1.1\r\nHost: proxy\r\nAuthorization: Bearer " + key.secret()
                + "\r\n" + headers + "\r\n";
    }

    private String chat(boolean stream, String headers, int maxTokens) {
        String body = "{\"model\":\"demo-small\",\"max_tokens\":" + maxTokens + ",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return head(
                        "POST",
                        "/v1/chat/completions",
                        headers + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n")
                + body;
    }

    private static RequestEvent event(Answer answer) {
        return bed.events().of(answer.header("X-RateGuard-Request-Id").orElseThrow());
    }

    private static Outcome outcome(Answer answer) {
        return event(answer).verdict().outcome();
    }

    private void settled(long nanos) {
        assertThat(new BudgetView(workspace, budget).onceNothingIsHeld().nanos())
                .isEqualTo(nanos);
    }
}
