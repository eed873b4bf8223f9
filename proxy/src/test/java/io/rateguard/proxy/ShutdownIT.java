package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.proxy.testbed.BudgetView;
import io.rateguard.proxy.testbed.RawCaller;
import io.rateguard.proxy.testbed.RawCaller.Answer;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy that is told to stop: nobody new, everybody answered or cut in time, everything charged and shipped. */
class ShutdownIT {

    private TestBed bed;
    private TestKey key;
    private BudgetId budget;

    @BeforeEach
    void start() {
        bed = TestBed.start();
        budget = bed.database().budget(bed.workspace(), "month", 1_000_000_000L, "strict");
        key = bed.key();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void anOpenStreamIsFinishedWhileNobodyNewIsLetIn() throws Exception {
        Proxy proxy = bed.proxy();
        int port = proxy.port();
        assertThat(ManagementPort.ready(proxy)).isEqualTo("200 ready");
        try (RawCaller caller = new RawCaller(port);
                RawCaller idle = new RawCaller(port)) {
            idle.write(head("GET", "/v1/models", "") + "\r\n").read();
            String id = idOf(caller.write(stream(8, 200)).readHead());

            CompletableFuture<Void> closing = CompletableFuture.runAsync(proxy::close);
            while (!ManagementPort.ready(proxy).equals("503 stopping")) {
                Thread.onSpinWait();
            }
            untilRefused(port);
            Answer late = idle.write(head("GET", "/v1/models", "") + "\r\n").read();

            assertThat(late.status()).isEqualTo(200);
            assertThat(late.header("connection")).contains("close");
            assertThat(caller.readToEnd()).contains("[DONE]").endsWith("0\r\n\r\n");
            assertThat(closing).succeedsWithin(20, TimeUnit.SECONDS);
            RequestEvent event = bed.events().of(id);
            assertThat(event.verdict().outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(spent()).isEqualTo(event.metering().costNanos());
        }
    }

    @Test
    void whatDoesNotEndInTimeIsCutAndChargedForWhatHasPassed() throws Exception {
        try (RawCaller caller = new RawCaller(bed.proxy().port())) {
            String id = idOf(caller.write(stream(100, 1_000)).readHead());

            bed.proxy().close();

            assertThat(caller.readToEnd()).doesNotContain("[DONE]").doesNotEndWith("0\r\n\r\n");
            RequestEvent event = bed.events().of(id);
            assertThat(event.verdict().outcome()).isEqualTo(Outcome.INTERRUPTED);
            assertThat(event.metering().costNanos()).isPositive();
            assertThat(spent()).isEqualTo(event.metering().costNanos());
        }
    }

    @Test
    void metricsAreOursAndTellNoSecret() throws Exception {
        try (RawCaller caller = new RawCaller(bed.proxy().port())) {
            caller.write(head("GET", "/v1/models", "") + "\r\n").read();
        }

        assertThat(ManagementPort.text(bed.proxy()))
                .contains("# TYPE rateguard_exchanges_open gauge", "rateguard_journal_bytes", "jvm_memory_used_bytes")
                .doesNotContain(
                        key.secret(), TestBed.UPSTREAM_SECRET, bed.database().secretKey());
        assertThat(bed.settings().toString())
                .doesNotContain(
                        bed.database().secretKey(), bed.settings().policy().password());
    }

    private long spent() {
        return new BudgetView(bed.workspace(), budget).onceNothingIsHeld().nanos();
    }

    private static void untilRefused(int port) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (System.nanoTime() < end) {
            try (Socket stillOpen = new Socket("127.0.0.1", port)) {
                Thread.onSpinWait();
            } catch (IOException refused) {
                return;
            }
        }
        throw new AssertionError("still listening");
    }

    private static String idOf(String head) {
        return new Answer(head, "", "").header("X-RateGuard-Request-Id").orElseThrow();
    }

    private String stream(int chunks, int delayMillis) {
        String body = "{\"model\":\"demo-small\",\"max_tokens\":82,\"stream\":true,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return head("POST", "/v1/chat/completions", "Content-Type: application/json\r\n")
                + "X-Demo-Chunks: " + chunks + "\r\nX-Demo-Chunk-Delay-Millis: " + delayMillis + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private String head(String method, String path, String headers) {
        return method + " /proxy/demo" + path + " HTTP/1.1\r\nHost: proxy\r\nAuthorization: Bearer " + key.secret()
                + "\r\n" + headers;
    }
}
