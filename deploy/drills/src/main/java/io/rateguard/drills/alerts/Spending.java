package io.rateguard.drills.alerts;

import io.rateguard.bed.Database;
import io.rateguard.bed.Service;
import io.rateguard.drills.ground.Chat;
import io.rateguard.drills.ground.Ground;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests each of which brings its budget to the next threshold, at moments that are drawn beforehand and wait for
 * nothing, and callers beside them that go on and on.
 */
final class Spending implements AutoCloseable {

    /** What each request costs at the prices of demo-small: its tokens times 150 and 600 nano-dollars. */
    static final long COST_NANOS = 40 * 150 + 20 * 600;

    private static final int CALLERS_EACH = 4;
    private static final int LONGEST_PAUSE_NANOS = 60_000_000;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Threshold, Long> ended = new ConcurrentHashMap<>();
    private final Set<String> unexpected = ConcurrentHashMap.newKeySet();
    private final LongAdder beside = new LongAdder();
    private final CountDownLatch spent;
    private volatile boolean stopping;

    Spending(List<Service> proxies, Scene scene, Scale scale, Random random) {
        spent = new CountDownLatch(scale.budgets());
        long start = System.nanoTime();
        int number = 0;
        for (Map.Entry<String, Database.Key> each : scene.spenders().entrySet()) {
            Service proxy = proxies.get(number++ % proxies.size());
            long first = start + random.nextLong(scale.every().toNanos());
            threads.execute(() -> spend(proxy, each.getKey(), each.getValue(), scale, first));
        }
        for (Service proxy : proxies) {
            for (int i = 0; i < CALLERS_EACH; i++) {
                Random own = new Random(random.nextLong());
                threads.execute(() -> callOn(proxy, scene.beside(), own));
            }
        }
    }

    /** Returns when every budget has come to all of its thresholds. */
    void awaitSpent() throws InterruptedException {
        spent.await();
    }

    /** When the requests ended, as their callers saw it, by {@link System#nanoTime()}. */
    Map<Threshold, Long> ended() {
        return ended;
    }

    /** Answers that nobody should have had. */
    Set<String> unexpected() {
        return unexpected;
    }

    /** How many requests crossed nothing. */
    long beside() {
        return beside.sum();
    }

    @Override
    public void close() {
        stopping = true;
        threads.close();
        http.close();
    }

    private void spend(Service proxy, String budget, Database.Key key, Scale scale, long first) {
        for (int i = 0; i < scale.thresholds(); i++) {
            Ground.awaitTime(first + i * scale.every().toNanos());
            if (call(proxy, key)) {
                ended.put(new Threshold(budget, (i + 1) * Scene.TENTH_PERCENT), System.nanoTime());
            }
        }
        spent.countDown();
    }

    private void callOn(Service proxy, Database.Key key, Random random) {
        while (!stopping) {
            if (call(proxy, key)) {
                beside.increment();
            }
            LockSupport.parkNanos(random.nextInt(LONGEST_PAUSE_NANOS));
        }
    }

    private boolean call(Service proxy, Database.Key key) {
        HttpRequest request = Chat.through(proxy, key, "demo-small", 20)
                .timeout(Duration.ofSeconds(60))
                .header("X-Demo-Latency-Millis", "15")
                .header("X-Demo-Input-Tokens", "40")
                .header("X-Demo-Output-Tokens", "20")
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                unexpected.add(Integer.toString(status));
            }
            return status == 200;
        } catch (IOException none) {
            unexpected.add(none.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
