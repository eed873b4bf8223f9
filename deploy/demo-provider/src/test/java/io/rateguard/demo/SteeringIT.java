package io.rateguard.demo;

import static io.rateguard.demo.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SteeringIT extends ProviderFixture {

    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String FIELDS = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    private static final String WHOLE = "{\"model\":\"m\",\"max_tokens\":1000," + FIELDS;
    private static final String STREAM = "{\"model\":\"m\",\"max_tokens\":1000,\"stream\":true," + FIELDS;

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, 429, rate_limit_exceeded",
        "/v1/chat/completions, 500, server_error",
        "/v1/messages, 429, rate_limit_error",
        "/v1/messages, 529, overloaded_error",
        "/rest/customers, 503, api_error"
    })
    void failsWithTheStatusAskedForInTheDialectOfThePath(String path, int status, String kind) {
        HttpResponse<String> response = client.post(path, WHOLE, "X-Demo-Status", Integer.toString(status));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).get("error").toString()).contains(kind);
    }

    @Test
    void saysWhenToComeBack() {
        HttpResponse<String> soon = client.post(CHAT, WHOLE, "X-Demo-Status", "429");
        HttpResponse<String> later =
                client.post(CHAT, WHOLE, "X-Demo-Status", "503", "X-Demo-Retry-After-Seconds", "30");
        HttpResponse<String> never = client.post(CHAT, WHOLE, "X-Demo-Status", "500");

        assertThat(soon.headers().firstValue("retry-after")).contains("1");
        assertThat(later.headers().firstValue("retry-after")).contains("30");
        assertThat(never.headers().firstValue("retry-after")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Demo-Latency-Millis | soon | a whole number from 0 to 600000",
                "X-Demo-Chunks | 0 | a whole number from 1 to 1000000",
                "X-Demo-Status | 200 | a whole number from 400 to 599",
                "X-Demo-Abort | later | before-headers or after-headers or mid-body or mid-stream",
                "X-Demo-Hang | maybe | false or true"
            })
    void namesABadValueAndWhatItExpected(String header, String value, String expected) {
        HttpResponse<String> response = client.post(MESSAGES, WHOLE, header, value);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/type").asString()).isEqualTo("invalid_request_error");
        assertThat(json(response).at("/error/message").asString())
                .isEqualTo(header + ": " + value + " (expected: " + expected + ")");
    }

    @Test
    void refusesAHeaderItDoesNotKnow() {
        HttpResponse<String> response = client.post(CHAT, WHOLE, "X-Demo-Latency", "5");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("X-Demo-Latency: unknown", "X-Demo-Latency-Millis");
    }

    @ParameterizedTest
    @ValueSource(strings = {"before-headers", "after-headers", "mid-body", "mid-stream"})
    void resetsTheConnectionWhereItIsToldTo(String place) {
        for (String body : List.of(WHOLE, STREAM)) {
            assertThatIOException().as(body).isThrownBy(() -> client.send(CHAT, "POST", body, "X-Demo-Abort", place));
        }
    }

    @Test
    void sendsHalfOfWhatItWouldHaveSentBeforeTheReset() throws IOException {
        assertThat(receivedUntilReset(STREAM, "before-headers")).isEmpty();
        assertThat(receivedUntilReset(STREAM, "after-headers"))
                .startsWith("HTTP/1.1 200")
                .doesNotContain("data:");
        assertThat(receivedUntilReset(WHOLE, "mid-body")).contains("\"id\"").doesNotContain("usage");
        assertThat(receivedUntilReset(STREAM, "mid-stream"))
                .contains("RateGuard")
                .doesNotContain("[DONE]")
                .endsWith("\n\n\r\n");
        assertThat(receivedUntilReset(STREAM, "mid-body")).contains("RateGuard").doesNotEndWith("\n\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void cutsAStreamAnywhereWithoutChangingIt(int size) {
        String whole = normalised(client.post(CHAT, STREAM, "X-Demo-Line-Break", "crlf"));

        String split = normalised(
                client.post(CHAT, STREAM, "X-Demo-Line-Break", "crlf", "X-Demo-Split", Integer.toString(size)));

        assertThat(split).isEqualTo(whole).contains("🙂").endsWith("data: [DONE]\r\n\r\n");
    }

    @Test
    void writesEachPieceAsAnHttpChunkOfItsOwn() throws IOException {
        String wire = raw(STREAM, "X-Demo-Chunks: 1\r\nX-Demo-Split: 7\r\nConnection: close\r\n");

        List<String> sizes = wire.substring(wire.indexOf("\r\n\r\n") + 4)
                .lines()
                .filter(line -> line.matches("[0-9a-f]"))
                .toList();
        assertThat(sizes).startsWith("7", "7", "7").endsWith("0");
    }

    @Test
    void compressesThoughNobodyAcceptsIt() throws IOException {
        String plain = normalised(client.post(CHAT, STREAM));

        assertThat(unzipped(WHOLE)).contains("\"chat.completion\"", "\"usage\"");
        assertThat(unzipped(STREAM).replaceAll("demo-\\d+|\"created\":\\d+", ""))
                .isEqualTo(plain);
    }

    @Test
    void keepsAStreamReadableWhileItIsCompressed() throws IOException {
        HttpResponse<InputStream> response = client.send(
                CHAT,
                "POST",
                STREAM,
                BodyHandlers.ofInputStream(),
                "X-Demo-Compress",
                "gzip",
                "X-Demo-Chunks",
                "100",
                "X-Demo-Chunk-Delay-Millis",
                "100000");

        try (InputStream events = new GZIPInputStream(response.body(), 1)) {
            assertThat(new String(events.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("data:");
        }
    }

    @Test
    void takesItsTimeAsAsked() throws IOException {
        String first = "X-Demo-Latency-Millis: 5\r\nX-Demo-Chunk-Delay-Millis: 2\r\nX-Demo-Chunks: 3\r\n";

        assertThat(raw(STREAM, first + "Connection: close\r\n")).contains("This ", "[DONE]");
    }

    @Test
    void neverAnswersWhenItHangs() throws IOException {
        try (Socket socket = open(STREAM, "X-Demo-Hang: true\r\n")) {
            socket.setSoTimeout(200);

            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> socket.getInputStream().read());
        }
        assertThat(provider.received().count()).isEqualTo(1);
    }

    @Test
    void obeysTheSettingsOfTheProcessUnlessTheRequestSaysOtherwise() {
        restart(DemoSettings.defaults().with(Knob.OUTPUT_TOKENS, "7").with(Knob.CACHED_TOKENS, "3"));

        var usage = json(client.post(CHAT, WHOLE, "X-Demo-Output-Tokens", "9")).at("/usage");

        assertThat(usage.at("/completion_tokens").asInt()).isEqualTo(9);
        assertThat(usage.at("/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void acceptsOnlyTheRequiredKey() {
        restart(DemoSettings.defaults().withRequiredKey("secret"));

        assertThat(client.post(CHAT, WHOLE, "Authorization", "Bearer secret").statusCode())
                .isEqualTo(200);
        assertThat(client.post(MESSAGES, WHOLE, "X-Api-Key", "secret").statusCode())
                .isEqualTo(200);
        assertThat(client.post(CHAT, WHOLE, "Authorization", "Bearer other").statusCode())
                .isEqualTo(401);
        assertThat(client.post(CHAT, WHOLE).body()).contains("invalid_api_key");
        assertThat(client.post(MESSAGES, WHOLE).body()).contains("authentication_error");
        assertThat(client.get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void failsTheSameRequestsOfEachRunWithTheSameSeed() {
        DemoSettings drill = DemoSettings.defaults().withErrors(0.3, 42);

        List<Integer> first = statuses(drill);
        List<Integer> second = statuses(drill);

        assertThat(first).isEqualTo(second).contains(200).containsAnyOf(429, 500, 503);
    }

    @Test
    void remembersWhatArrived() {
        client.post(CHAT + "?v=1", WHOLE, "Authorization", "Bearer upstream", "X-Two", "a", "X-Two", "b");

        ReceivedRequest last = provider.received().last();
        assertThat(last.method()).isEqualTo("POST");
        assertThat(last.path()).isEqualTo(CHAT);
        assertThat(last.query()).isEqualTo("v=1");
        assertThat(last.header("AUTHORIZATION")).contains("Bearer upstream");
        assertThat(last.headers().get("x-two")).containsExactly("a", "b");
        assertThat(last.header("x-rateguard-key")).isEmpty();
        assertThat(last.bodyText()).isEqualTo(WHOLE);
    }

    @Test
    void remembersOnlyAsMuchAsItMay() {
        restart(DemoSettings.defaults().withRecorded(2));
        for (int i = 0; i < 3; i++) {
            client.get("/rest/echo?" + i);
        }
        assertThat(provider.received().all()).extracting(ReceivedRequest::query).containsExactly("1", "2");

        restart(DemoSettings.defaults().withRecorded(0));
        client.get("/rest/echo");
        assertThat(provider.received().all()).isEmpty();
    }

    @Test
    void showsWhatArrivedToOtherProcesses() throws IOException {
        client.post(CHAT, WHOLE, "Authorization", "Bearer upstream");

        var items = json(client.get("/received")).at("/items");
        assertThat(items.size()).isEqualTo(1);
        assertThat(items.at("/0/path").asString()).isEqualTo(CHAT);
        assertThat(items.at("/0/headers/authorization/0").asString()).isEqualTo("Bearer upstream");
        assertThat(items.at("/0/body").asString()).isEqualTo(WHOLE);
        assertThat(client.send("/received", "DELETE", "").body()).isEqualTo("{\"items\":[]}");

        restart(DemoSettings.defaults().withRecorded(0));
        assertThat(client.get("/received").statusCode()).isEqualTo(404);
    }

    private List<Integer> statuses(DemoSettings settings) {
        restart(settings);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            statuses.add(client.get("/rest/customers").statusCode());
        }
        return statuses;
    }

    private String unzipped(String body) throws IOException {
        HttpResponse<byte[]> response = client.send(
                CHAT,
                "POST",
                body,
                BodyHandlers.ofByteArray(),
                "X-Demo-Compress",
                "gzip",
                "Accept-Encoding",
                "identity");
        assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Without what differs from answer to answer. */
    private static String normalised(HttpResponse<String> response) {
        return response.body().replaceAll("demo-\\d+|\"created\":\\d+", "");
    }

    private String receivedUntilReset(String body, String place) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (Socket socket = open(body, "X-Demo-Abort: " + place + "\r\n")) {
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                received.write(next);
            }
        } catch (SocketException reset) {
            return received.toString(StandardCharsets.UTF_8);
        }
        throw new AssertionError("the connection was closed, not reset, after: " + received);
    }

    private String raw(String body, String headers) throws IOException {
        try (Socket socket = open(body, headers)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket open(String body, String headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Socket socket = new Socket("127.0.0.1", provider.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + bytes.length + "\r\n"
                                + headers + "\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }
}
