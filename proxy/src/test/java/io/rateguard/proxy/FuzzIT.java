package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.RequestEvent;
import io.rateguard.proxy.testbed.RawCaller;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests with seeded damage of every kind: each is answered or its connection ends, none is a mistake of ours, and the
 * proxy is as it was afterwards. That nothing blocks and nothing leaks, the watches of this module say.
 */
class FuzzIT {

    private static final int CALLERS = 4;
    private static final int REQUESTS = 250;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int LONGEST = 1 << 16;
    private static final Pattern ANSWERS = Pattern.compile("HTTP/1\\.1 ([1-5][0-9]{2}) ");

    private static TestBed bed;
    private static List<byte[]> whole;

    @BeforeAll
    static void start() {
        bed = TestBed.start();
        bed.database().budget(bed.workspace(), "month", 1_000_000_000_000L, "strict");
        TestKey key = bed.key();
        String chat = TestBed.chatBody("demo-small", 10);
        String stream = chat.replace("{\"model\"", "{\"stream\":true,\"model\"");
        String message = TestBed.chatBody("claude-3-5-haiku-20241022", 10);
        whole = List.of(
                request(key, "POST", "/proxy/demo/v1/chat/completions", chat),
                request(key, "POST", "/proxy/openai/v1/chat/completions", stream),
                request(key, "POST", "/proxy/anthropic/v1/messages", message),
                request(key, "GET", "/proxy/demo/v1/models", ""),
                request(key, "GET", "/proxy/demo/rest/x?a=b&c=%20d", ""),
                request(key, "DELETE", "/proxy/nowhere/x", ""),
                chunked(key, chat));
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_127, -7})
    void noDamageIsAMistakeOfOurs(long seed) throws Exception {
        List<Future<String>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            for (int caller = 0; caller < CALLERS; caller++) {
                Random random = new Random(seed + caller);
                callers.add(threads.submit(() -> troubles(random)));
            }
        }

        for (Future<String> each : callers) {
            assertThat(each.get()).as("seed " + seed).isEmpty();
        }
        try (RawCaller caller = new RawCaller(bed.proxy().port())) {
            assertThat(caller.write(whole.getFirst()).read().status()).isEqualTo(200);
        }
        assertThat(bed.events().all())
                .extracting(RequestEvent::verdict)
                .noneMatch(verdict -> "internal_error".equals(verdict.refusal()));
    }

    private static String troubles(Random random) {
        StringBuilder troubles = new StringBuilder();
        for (int i = 0; i < REQUESTS; i++) {
            byte[] damaged = damaged(random);
            String trouble = trouble(damaged, random);
            if (!trouble.isEmpty()) {
                troubles.append(trouble)
                        .append(": ")
                        .append(new String(damaged, StandardCharsets.ISO_8859_1))
                        .append("\n");
            }
        }
        return troubles.toString();
    }

    /** Empty when the proxy has answered, or has ended a connection on which no request was whole. */
    private static String trouble(byte[] request, Random random) {
        try (Socket socket = new Socket("127.0.0.1", bed.proxy().port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            int cut = random.nextInt(4) == 0 ? random.nextInt(request.length + 1) : request.length;
            socket.getOutputStream().write(request, 0, cut);
            socket.getOutputStream().flush();
            socket.getOutputStream().write(request, cut, request.length - cut);
            socket.shutdownOutput();
            return said(socket.getInputStream());
        } catch (SocketTimeoutException never) {
            return "neither an answer nor an end";
        } catch (IOException reset) {
            return "";
        }
    }

    private static String said(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        for (int n = in.read(piece); n >= 0 && all.size() < LONGEST; n = in.read(piece)) {
            all.write(piece, 0, n);
        }
        String text = all.toString(StandardCharsets.ISO_8859_1);
        if (text.isEmpty()) {
            return "";
        }
        if (!ANSWERS.matcher(text).lookingAt()) {
            return "an answer that is no HTTP: " + text;
        }
        return text.contains("internal_error") || text.startsWith("HTTP/1.1 500") ? "a mistake of ours" : "";
    }

    private static byte[] damaged(Random random) {
        byte[] bytes = whole.get(random.nextInt(whole.size())).clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes = damage(bytes, random);
        }
        return bytes;
    }

    private static byte[] damage(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(40));
        return switch (random.nextInt(7)) {
            case 0 -> spliced(bytes, at, 1, new byte[] {(byte) random.nextInt(256)});
            case 1 -> spliced(bytes, at, length, new byte[0]);
            case 2 -> spliced(bytes, at, 0, copied(bytes, at, length));
            case 3 -> spliced(bytes, at, 0, text("\r\n"));
            case 4 -> spliced(bytes, at, 0, text(HOSTILE.get(random.nextInt(HOSTILE.size()))));
            case 5 -> spliced(bytes, at, length, random(random, length));
            default -> copied(bytes, 0, at + 1);
        };
    }

    private static final List<String> HOSTILE = List.of(
            "\u0000",
            "%00",
            "%2e%2e%2f",
            "/../",
            "\r\nTransfer-Encoding: chunked\r\n",
            "\r\nContent-Length: 0\r\n",
            "\r\nContent-Length: 18446744073709551616\r\n",
            "\r\nExpect: 100-continue\r\n",
            "\r\nConnection: upgrade\r\nUpgrade: h2c\r\n",
            "\r\nX-RateGuard-Customer: a,b;c=\"d\r\n",
            "\u00ff\u00fe",
            "9".repeat(400),
            "[".repeat(5_000),
            "{\"a\":".repeat(3_000),
            "\"model\":null,",
            "1e999999",
            "\\ud800");

    private static byte[] spliced(byte[] bytes, int at, int without, byte[] with) {
        byte[] result = new byte[bytes.length - without + with.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(with, 0, result, at, with.length);
        System.arraycopy(bytes, at + without, result, at + with.length, bytes.length - at - without);
        return result;
    }

    private static byte[] copied(byte[] bytes, int from, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(bytes, from, copy, 0, length);
        return copy;
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] request(TestKey key, String method, String path, String body) {
        return text(head(key, method, path, body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n") + body);
    }

    private static byte[] chunked(TestKey key, String body) {
        return text(head(key, "POST", "/proxy/demo/v1/chat/completions", "Transfer-Encoding: chunked\r\n")
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
    }

    private static String head(TestKey key, String method, String path, String headers) {
        return method + " " + path + " HTTP/1.1\r\nHost: proxy\r\nAuthorization: Bearer " + key.secret()
                + "\r\nContent-Type: application/json\r\nAccept: */*\r\n" + headers + "\r\n";
    }
}
