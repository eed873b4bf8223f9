package io.rateguard.embedded;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another process is about to do. */
final class Eventually {

    private Eventually() {}

    static void isTrue(Duration within, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not so after " + within);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
