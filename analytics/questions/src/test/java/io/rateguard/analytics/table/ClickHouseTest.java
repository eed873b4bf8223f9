package io.rateguard.analytics.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a server that sends rows until it is told to end, or nobody listens. */
class ClickHouseTest {

    private static final String ONE = "SELECT 1 AS one FORMAT JSONEachRow";
    private static final byte[] ROW = "{\"one\":1}\n".getBytes(StandardCharsets.UTF_8);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile boolean ended;
    private HttpServer server;
    private ClickHouse clickHouse;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        clickHouse = ClickHouse.open(new ClickHouseSettings(
                "http://127.0.0.1:" + server.getAddress().getPort() + "?compress=false", "u", "p", "d"));
    }

    @AfterEach
    void stop() {
        clickHouse.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aStreamThatIsAbandonedIsNotReadToItsEnd() throws InterruptedException {
        IllegalStateException enough = new IllegalStateException("enough");

        assertThatThrownBy(() -> clickHouse.stream(ONE, Map.of(), row -> {
                    throw enough;
                }))
                .isSameAs(enough);

        assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyQuestionsAreAskedWhileOthersAnswersAreRead() {
        assertThat(nested(20)).isEqualTo(20);
    }

    /** How many questions were under way at once, each asked within the first row of the one before. */
    private int nested(int more) {
        AtomicInteger inside = new AtomicInteger();
        clickHouse.ask(ONE, Map.of(), row -> {
            if (inside.get() == 0) {
                inside.set(more == 1 ? 1 : 1 + nested(more - 1));
                ended = true;
            }
        });
        return inside.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("X-ClickHouse-Format", "JSONEachRow");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            while (!ended) {
                body.write(ROW);
            }
        } catch (IOException gone) {
            left.countDown();
        }
    }
}
