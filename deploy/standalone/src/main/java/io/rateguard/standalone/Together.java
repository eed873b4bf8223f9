package io.rateguard.standalone;

import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Does several things at once. */
final class Together {

    private Together() {}

    /** Returns when all are done, or throws as soon as one has failed; the others are left to themselves then. */
    static void run(Runnable... tasks) {
        run(tasks.length, tasks);
    }

    /** Does the same, but has no more of them under way at a time; the first ones begin first. */
    static void run(int atOnce, Runnable... tasks) {
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.max(1, atOnce), Thread.ofPlatform().daemon().factory());
        CompletionService<Void> done = new ExecutorCompletionService<>(threads);
        for (Runnable task : tasks) {
            done.submit(() -> {
                task.run();
                return null;
            });
        }
        threads.shutdown();
        try {
            for (int i = 0; i < tasks.length; i++) {
                done.take().get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StandaloneException("interrupted while starting", stopped);
        }
    }
}
