package io.rateguard.tests;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Callers that keep a receipt of every whole answer, and count the calls that got none. */
final class Load implements AutoCloseable {

    private static final long INPUT_NANOS_PER_TOKEN = 150;
    private static final long OUTPUT_NANOS_PER_TOKEN = 600;

    private final HttpClient http;
    private final URI chat;
    private final Map<String, Long> receipts = new ConcurrentHashMap<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final ExecutorService callers;
    private volatile boolean stopping;

    Load(HttpClient http, String proxyUrl, List<String> keys) {
        this.http = http;
        this.chat = URI.create(proxyUrl + "/proxy/demo/v1/chat/completions");
        this.callers = Executors.newFixedThreadPool(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            Random random = new Random(i);
            callers.execute(() -> run(key, random));
        }
    }

    /** Cost in nano-dollars by request id. */
    Map<String, Long> receipts() {
        return receipts;
    }

    /** Calls that were sent and not answered whole: each may have been charged once, or not at all. */
    int unanswered() {
        return unanswered.get();
    }

    @Override
    public void close() {
        stopping = true;
        callers.close();
    }

    private void run(String key, Random random) {
        while (!stopping) {
            call(key, random.nextInt(1, 500), random.nextInt(1, 100), random.nextInt(3) == 0);
            LockSupport.parkNanos(random.nextInt(20_000_000));
        }
    }

    private void call(String key, int inputTokens, int outputTokens, boolean stream) {
        HttpRequest request = HttpRequest.newBuilder(chat)
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("X-Demo-Latency-Millis", "15")
                .header("X-Demo-Input-Tokens", Integer.toString(inputTokens))
                .header("X-Demo-Output-Tokens", Integer.toString(outputTokens))
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"model":"demo-small","max_tokens":100,"stream":%s,
                         "messages":[{"role":"user","content":"%s"}]}""".formatted(stream, "word ".repeat(100))))
                .build();
        try {
            HttpResponse<String> reply = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() != 200) {
                unanswered.incrementAndGet();
                return;
            }
            long cost = inputTokens * INPUT_NANOS_PER_TOKEN + outputTokens * OUTPUT_NANOS_PER_TOKEN;
            Optional<String> cents = reply.headers().firstValue("X-RateGuard-Cost-Cents");
            cents.ifPresent(it -> requireSame(cost, it));
            receipts.put(reply.headers().firstValue("X-RateGuard-Request-Id").orElseThrow(), cost);
        } catch (IOException cut) {
            unanswered.incrementAndGet();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void requireSame(long nanos, String cents) {
        long told = new BigDecimal(cents).movePointRight(7).longValueExact();
        if (told != nanos) {
            throw new AssertionError("the reply says " + told + " nano-dollars, its usage " + nanos);
        }
    }
}
