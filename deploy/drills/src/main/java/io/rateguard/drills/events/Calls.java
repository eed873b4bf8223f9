package io.rateguard.drills.events;

import io.rateguard.bed.Database;
import io.rateguard.bed.Service;
import io.rateguard.drills.ground.Chat;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Callers of real proxies that keep what each reply said that it cost, and count the calls that got none. */
final class Calls implements AutoCloseable {

    private static final int CALLERS_EACH = 3;
    private static final int LONGEST_PAUSE_NANOS = 100_000_000;
    private static final int MAX_TOKENS = 100;

    /** From cents to nano-dollars. */
    private static final int NANO_DIGITS = 7;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Long> receipts = new ConcurrentHashMap<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Database.Key key;
    private volatile boolean stopping;

    Calls(List<Service> proxies, Database.Key key, Random random) {
        this.key = key;
        for (Service proxy : proxies) {
            for (int i = 0; i < CALLERS_EACH; i++) {
                Random own = new Random(random.nextLong());
                callers.execute(() -> run(proxy, own));
            }
        }
    }

    /** Cost in nano-dollars by request id. */
    Map<String, Long> receipts() {
        return receipts;
    }

    /** Calls that were sent and got no whole answer: each may have been recorded once, or not at all. */
    int unanswered() {
        return unanswered.get();
    }

    @Override
    public void close() {
        stopping = true;
        callers.close();
        http.close();
    }

    private void run(Service proxy, Random random) {
        while (!stopping) {
            call(proxy, random);
            LockSupport.parkNanos(random.nextInt(LONGEST_PAUSE_NANOS));
        }
    }

    private void call(Service proxy, Random random) {
        HttpRequest request = Chat.through(proxy, key, "demo-small", MAX_TOKENS)
                .timeout(Duration.ofSeconds(60))
                .header("X-Demo-Latency-Millis", "15")
                .header("X-Demo-Input-Tokens", Integer.toString(random.nextInt(1, 500)))
                .header("X-Demo-Output-Tokens", Integer.toString(random.nextInt(1, MAX_TOKENS)))
                .build();
        try {
            HttpResponse<String> reply = http.send(request, HttpResponse.BodyHandlers.ofString());
            receipts.put(
                    reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow(),
                    reply.headers()
                            .firstValue("X-RateGuard-Cost-Cents")
                            .map(cents -> new BigDecimal(cents)
                                    .movePointRight(NANO_DIGITS)
                                    .longValueExact())
                            .orElse(0L));
        } catch (ConnectException notThere) {
            LockSupport.parkNanos(LONGEST_PAUSE_NANOS);
        } catch (IOException cut) {
            unanswered.incrementAndGet();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
