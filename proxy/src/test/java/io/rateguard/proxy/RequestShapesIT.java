package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.proxy.testbed.RawCaller;
import io.rateguard.proxy.testbed.RawCaller.Answer;
import io.rateguard.proxy.testbed.RawUpstream;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of every shape that HTTP allows, and some that it does not: each is answered, none disturbs the next. */
class RequestShapesIT {

    private static final String KEYLESS = "GET /proxy/demo/v1/models HTTP/1.1\r\nHost: proxy\r\n\r\n";

    private static TestBed bed;
    private static int workspaces;

    private WorkspaceId workspace;
    private TestKey key;

    @BeforeAll
    static void start() {
        bed = TestBed.start();
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @BeforeEach
    void workspace() {
        workspace = bed.newWorkspace("requests-" + ++workspaces);
        key = bed.database().key(workspace, "k");
        bed.provider().received().clear();
    }

    @Test
    void aRefusalWithAnUnreadBodyDoesNotDisturbTheNextRequest() throws IOException {
        demo();
        String unread = "POST /proxy/demo/v1/chat/completions HTTP/1.1\r\nHost: proxy\r\n";
        for (String body : List.of(
                "Content-Length: 100000\r\n\r\n" + "x".repeat(100_000),
                "Transfer-Encoding: chunked\r\n\r\n" + "400\r\n" + "x".repeat(1_024) + "\r\n0\r\n\r\n",
                "Content-Length: 0\r\n\r\n")) {
            try (RawCaller caller = caller()) {
                Answer refused = caller.write(unread + body).read();
                Answer next = caller.write(models()).read();

                assertThat(refused.status()).isEqualTo(401);
                assertThat(next.status()).as(next.head()).isEqualTo(200);
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
        demo();
        try (RawCaller caller = caller()) {
            caller.write(models() + KEYLESS + chat("", body(10)) + models());

            assertThat(caller.read().status()).isEqualTo(200);
            assertThat(caller.read().status()).isEqualTo(401);
            assertThat(caller.read().body()).contains("chat.completion");
            assertThat(caller.read().status()).isEqualTo(200);
        }
    }

    @Test
    void aCallerThatExpectsToBeAskedForItsBodyIsAsked() throws IOException {
        demo();
        String body = body(10);
        try (RawCaller caller = caller()) {
            caller.write(head(
                    "POST",
                    "/v1/chat/completions",
                    "Expect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                            + "\r\n"));
            assertThat(caller.readHead()).startsWith("HTTP/1.1 100");

            assertThat(caller.write(body).read().status()).isEqualTo(200);
            assertThat(bed.provider().received().last().header("expect")).isEmpty();
            assertThat(caller.write(models()).read().status()).isEqualTo(200);
        }
    }

    @Test
    void aCallerThatExpectsToBeAskedIsRefusedWithoutBeingAsked() throws IOException {
        demo();
        try (RawCaller caller = caller()) {
            Answer refused = caller.write("POST /proxy/demo/v1/chat/completions HTTP/1.1\r\nHost: proxy\r\n"
                            + "Expect: 100-continue\r\nContent-Length: 50\r\n\r\n")
                    .read();

            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("connection")).contains("close");
            assertThat(caller.readToEnd()).isEmpty();
        }
    }

    @Test
    void chunkedUploadsAreReadAndPassedOn() throws IOException {
        demo();
        String body = body(10);
        try (RawCaller caller = caller()) {
            Answer metered = caller.write(head(
                                    "POST",
                                    "/v1/chat/completions",
                                    "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n")
                            + chunks(body, 7))
                    .read();
            Answer plain = caller.write(
                            head("POST", "/rest/echo", "Transfer-Encoding: chunked\r\n") + chunks("hello there", 3))
                    .read();
            Answer empty = caller.write(head("POST", "/rest/echo", "Content-Length: 0\r\n"))
                    .read();

            assertThat(metered.status()).as(metered.body()).isEqualTo(200);
            assertThat(plain.body()).contains("hello there");
            assertThat(empty.status()).isEqualTo(200);
        }
    }

    @Test
    void aBodyThatTurnsOutTooLargeIsRefusedWhileItArrives() throws IOException {
        demo();
        try (RawCaller caller = caller()) {
            caller.write(head("POST", "/v1/chat/completions", "Transfer-Encoding: chunked\r\n"));
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendEndlessly(caller));

            Answer refused = caller.read();

            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.body()).contains("body_too_large");
            assertThat(refused.header("connection")).contains("close");
            caller.close();
            assertThat(sending).succeedsWithin(15, TimeUnit.SECONDS);
        }
        assertThat(bed.provider().received().count()).isZero();
    }

    /** It breaks off, its chunks are none, or their size is beyond all measure. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "zz\r\nhello\r\n0\r\n\r\n", "5\r\nhelloX0\r\n\r\n", "ffffffffffffffff\r\nhello\r\n0\r\n\r\n"
            })
    void anUploadThatBreaksOffDoesNotLookWholeToTheUpstream(String rest) throws IOException {
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (RawUpstream upstream = RawUpstream.start(call -> {
            call.readHead();
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            try {
                for (int b = call.read();
                        b >= 0 && !body.toString(StandardCharsets.US_ASCII).endsWith("\r\n0\r\n\r\n"); ) {
                    body.write(b);
                    b = call.read();
                }
            } finally {
                seen.complete(body.toString(StandardCharsets.US_ASCII));
            }
        })) {
            bed.database().api(workspace, "demo", "demo", upstream.url(), "none", "");
            try (RawCaller caller = caller()) {
                caller.write(head("POST", "/rest/x", "Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n");
                while (upstream.heads().isEmpty()) {
                    Thread.onSpinWait();
                }
                if (!rest.isEmpty()) {
                    assertThat(caller.write(rest).readToEnd())
                            .startsWith("HTTP/1.1 400")
                            .contains("malformed_request");
                }
            }

            assertThat(seen).succeedsWithin(15, TimeUnit.SECONDS).asString().doesNotContain("0\r\n\r\n");
        }
        assertThat(
                        bed
                                .events()
                                .await(all -> all.stream()
                                        .anyMatch(it -> it.caller().workspace().equals(workspace)))
                                .stream()
                                .filter(it -> it.caller().workspace().equals(workspace))
                                .map(it -> it.verdict().outcome()))
                .containsExactly(Outcome.CLIENT_GONE);
    }

    @Test
    void whatCouldBeReadInTwoWaysIsRefusedAndEndsItsConnection() throws IOException {
        demo();
        String authorization = "Authorization: Bearer " + key.secret() + "\r\n";
        String line = "POST /proxy/demo/rest/x HTTP/1.1\r\n";
        for (String shape : List.of(
                line + "Host: p\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                line + "Host: p\r\nContent-Length: 5\r\nContent-Length: 6\r\n",
                line + "Host: p\r\nContent-Length: +5\r\n",
                line + "Host: p\r\nTransfer-Encoding: xchunked\r\n",
                line + "Host: p\r\nTransfer-Encoding: gzip, chunked\r\n",
                line + "Host: p\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                line + "Host: p\r\nTransfer-Encoding : chunked\r\n",
                line + "Host: p\r\nX-A: b\rX-B: c\r\n",
                line + "Host: p\r\nX-A: b\nX-B: c\r\n",
                line + "Host: p\r\nHost: q\r\n",
                line,
                "POST /proxy/demo/rest/x#y HTTP/1.1\r\nHost: p\r\n",
                "POST /proxy/demo/rest/\u00e9 HTTP/1.1\r\nHost: p\r\n")) {
            try (RawCaller caller = caller()) {
                // What follows is taken for nothing: neither for a body nor for another request.
                String answer = caller.write(shape + authorization + "\r\n0\r\n\r\n" + models())
                        .readToEnd();

                assertThat(answer)
                        .as(shape)
                        .startsWith("HTTP/1.1 400")
                        .containsIgnoringCase("connection: close")
                        .contains("malformed_request")
                        .containsOnlyOnce("HTTP/1.1 ");
            }
        }
        assertThat(bed.provider().received().count()).isZero();
    }

    @Test
    void headsThatAreTooLargeAreRefusedWithTheirReason() throws IOException {
        demo();
        try (RawCaller caller = caller()) {
            String answer = caller.write(head("GET", "/rest/x", "X-A: " + "a".repeat(70_000) + "\r\n"))
                    .readToEnd();
            assertThat(answer).startsWith("HTTP/1.1 431").contains("headers_too_large");
        }
        try (RawCaller caller = caller()) {
            String answer =
                    caller.write(head("GET", "/rest/" + "x".repeat(70_000), "")).readToEnd();
            assertThat(answer).startsWith("HTTP/1.1 414").contains("address_too_long");
        }
        try (RawCaller caller = caller()) {
            Answer answer = caller.write(head("A".repeat(500), "/rest/x", "")).read();
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.body()).contains("at most 24 characters");
        }
    }

    @Test
    void callersThatDoNotComeToAnEndAreLeft() throws IOException {
        demo();
        try (Proxy impatient = Proxy.start(TestBed.with(bed.settings(), Duration.ofMillis(200)));
                RawCaller slowHead = new RawCaller(impatient.port());
                RawCaller slowBody = new RawCaller(impatient.port())) {
            assertThat(slowHead.write("GET /proxy/demo/v1/models HTTP/1.1\r\nHost:")
                            .readToEnd())
                    .startsWith("HTTP/1.1 408")
                    .contains("request_too_slow");
            assertThat(slowBody.write(head(
                                            "POST",
                                            "/v1/chat/completions",
                                            "Content-Type: application/json\r\nContent-Length: 500\r\n")
                                    + "{\"model\":")
                            .readToEnd())
                    .startsWith("HTTP/1.1 408")
                    .contains("body_too_slow");
            assertThat(ManagementPort.of(impatient, "rateguard_requests_slow")).isEqualTo(1);
        }
    }

    @Test
    void aRefusedHeadRequestHasNoBody() throws IOException {
        demo();
        try (RawCaller caller = caller()) {
            Answer refused = caller.write("HEAD /proxy/demo/rest/x HTTP/1.1\r\nHost: proxy\r\n\r\n")
                    .readHeadOnly();
            Answer next = caller.write(models()).read();

            assertThat(refused.status()).isEqualTo(401);
            assertThat(next.status()).isEqualTo(200);
        }
    }

    @Test
    void methodsThatCouldShowTheUpstreamsCredentialAreNotForwarded() throws IOException {
        demo();
        try (RawCaller caller = caller()) {
            Answer refused = caller.write(head("TRACE", "/rest/x", "")).read();

            assertThat(refused.status()).isEqualTo(405);
            assertThat(bed.provider().received().count()).isZero();
        }
    }

    @Test
    void aMethodInSmallLettersDoesNotGoPastWhatNamesIt() throws IOException {
        demo();
        for (String method : new String[] {"post", "Post", "trace"}) {
            try (RawCaller caller = caller()) {
                Answer refused = caller.write(head(method, "/rest/x", "")).read();

                assertThat(refused.status()).isEqualTo(405);
                assertThat(refused.body()).contains("method: " + method);
            }
        }
        assertThat(bed.provider().received().count()).isZero();
    }

    @Test
    void clientsThatOfferHttp2OnEveryConnectionAreAnsweredInHttp1() throws Exception {
        demo();
        try (HttpClient asItComes = HttpClient.newHttpClient()) {
            HttpResponse<String> reply = asItComes.send(
                    bed.request("/proxy/demo/v1/models", key).GET().build(), HttpResponse.BodyHandlers.ofString());

            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(bed.provider().received().last().header("upgrade")).isEmpty();
            assertThat(bed.provider().received().last().header("http2-settings"))
                    .isEmpty();
        }
        try (RawCaller caller = caller()) {
            assertThat(caller.write(head("GET", "/v1/models", "Connection: Upgrade\r\nUpgrade: websocket\r\n"))
                            .read()
                            .status())
                    .isEqualTo(501);
        }
    }

    @Test
    void aKeyInTheQueryNeverReachesTheUpstreamHoweverItIsSpelt() throws IOException {
        demo();
        String spelt = "%72" + key.secret().substring(1);
        for (String query : List.of(
                "key=" + key.secret() + "&a=1",
                "a=1&%6Bey=" + key.secret(),
                "a=1&key=" + spelt,
                "xkey=1&a=1&k%65y=" + spelt)) {
            try (RawCaller caller = caller()) {
                Answer answer = caller.write("GET /proxy/demo/rest/echo?" + query + " HTTP/1.1\r\nHost: proxy\r\n\r\n")
                        .read();

                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body())
                        .contains("a=1")
                        .doesNotContain(key.secret(), key.secret().substring(8));
            }
        }
    }

    @Test
    void aQueryThatCannotBeDecodedIsNoMistakeOfOurs() throws IOException {
        demo();
        try (RawCaller caller = caller()) {
            assertThat(caller.write("GET /proxy/demo/rest/echo?key=%zz HTTP/1.1\r\nHost: proxy\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(401);
            assertThat(caller.write(head("GET", "/rest/echo?a=%zz", "")).read().status())
                    .isLessThan(500);
        }
    }

    @Test
    void anOutputLimitBeyondAllMeasureIsTheCallersMistake() throws IOException {
        demo();
        String body = body(10).replace("\"max_tokens\":10", "\"max_tokens\":9007199254740991");
        try (RawCaller caller = caller()) {
            assertThat(caller.write(chat("", body)).read().status()).isBetween(400, 499);
        }
    }

    private static void sendEndlessly(RawCaller caller) {
        try {
            while (true) {
                caller.write("1000\r\n" + "x".repeat(4_096) + "\r\n");
            }
        } catch (IOException closed) {
            // As it should be: the proxy reads no further.
        }
    }

    private static String chunks(String text, int size) {
        StringBuilder chunks = new StringBuilder();
        for (int from = 0; from < text.length(); from += size) {
            String piece = text.substring(from, Math.min(text.length(), from + size));
            chunks.append(Integer.toHexString(piece.length()))
                    .append("\r\n")
                    .append(piece)
                    .append("\r\n");
        }
        return chunks.append("0\r\n\r\n").toString();
    }

    private void demo() {
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
    }

    private RawCaller caller() throws IOException {
        return new RawCaller(bed.proxy().port());
    }

    private String models() {
        return head("GET", "/v1/models", "");
    }

    private String chat(String headers, String body) {
        return head(
                        "POST",
                        "/v1/chat/completions",
                        headers + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n")
                + body;
    }

    private static String body(int maxTokens) {
        return TestBed.chatBody("demo-small", maxTokens);
    }

    private String head(String method, String path, String headers) {
        return method + " /proxy/demo" + path + " HTTP/1.1\r\nHost: proxy\r\nAuthorization: Bearer " + key.secret()
                + "\r\n" + headers + "\r\n";
    }
}
