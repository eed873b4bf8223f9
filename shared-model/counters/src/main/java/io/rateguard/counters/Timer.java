package io.rateguard.counters;

import java.time.Duration;
import java.util.concurrent.Future;

/** Runs a task later, unless it is cancelled before. */
interface Timer {
    Future<?> schedule(Runnable task, Duration delay);
}
