package io.rateguard.analytics.intake;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the inserts of a round, several at once: ClickHouse works on each with one thread. */
final class Inserts implements AutoCloseable {

    private final ExecutorService threads;

    Inserts(int atOnce) {
        threads = Executors.newFixedThreadPool(
                atOnce, Thread.ofPlatform().name("insert-", 1).daemon().factory());
    }

    /**
     * Returns when all have ended, so that none is under way when they are repeated.
     *
     * @throws RuntimeException what the first one of those that failed threw, with the others' beside it
     */
    void run(Collection<Runnable> inserts) {
        try {
            rethrow(threads.invokeAll(inserts.stream().map(Executors::callable).toList()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while blocks were inserted", interrupted);
        }
    }

    @Override
    public void close() {
        threads.close();
    }

    private static void rethrow(List<? extends Future<?>> ended) throws InterruptedException {
        RuntimeException first = null;
        for (Future<?> insert : ended) {
            try {
                insert.get();
            } catch (ExecutionException failed) {
                RuntimeException failure = failed.getCause() instanceof RuntimeException known
                        ? known
                        : new IllegalStateException(failed.getCause());
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
