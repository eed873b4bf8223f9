package io.rateguard.drills.policy;

import io.rateguard.bed.Service;
import io.rateguard.drills.ground.Chat;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** One caller of one proxy that asks on and on, until a change applies to its requests. */
final class Watch implements Runnable {

    private static final Duration MOST = Duration.ofSeconds(30);
    private static final int SURE_AFTER = 3;
    private static final int PASSED = 200;

    private final HttpClient http;
    private final Service proxy;
    private final Target target;
    private final int changed;
    private final CountDownLatch passes = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private long lastBeforeNanos;
    private int unexpected;

    /** @param changed the status from which the change is known to apply */
    Watch(HttpClient http, Service proxy, Target target, int changed) {
        this.http = http;
        this.proxy = proxy;
        this.target = target;
        this.changed = changed;
    }

    @Override
    public void run() {
        try {
            long end = System.nanoTime() + MOST.toNanos();
            int changedInARow = 0;
            while (changedInARow < SURE_AFTER && System.nanoTime() < end) {
                long sent = System.nanoTime();
                int status = ask();
                if (status == changed) {
                    changedInARow++;
                    continue;
                }
                changedInARow = 0;
                lastBeforeNanos = sent;
                if (status == PASSED) {
                    passes.countDown();
                } else {
                    unexpected = status;
                }
            }
            if (changedInARow < SURE_AFTER) {
                unexpected = PASSED;
            }
        } catch (IOException away) {
            unexpected = -1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    void awaitPassing() throws InterruptedException {
        passes.await();
    }

    /** How long after this instant a request was still sent that it did not apply to. */
    Duration lasted(long sinceNanos) throws InterruptedException {
        ended.await();
        return Duration.ofNanos(Math.max(0, lastBeforeNanos - sinceNanos));
    }

    /** A status that no request should have had: neither passed nor changed, or passed to the end; 0 for none. */
    int unexpected() {
        return unexpected;
    }

    private int ask() throws IOException, InterruptedException {
        return http.send(
                        Chat.through(proxy, target.key(), "demo-small", 5).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
