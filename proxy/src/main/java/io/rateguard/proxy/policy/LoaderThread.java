package io.rateguard.proxy.policy;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that does what it is given, in order. To give it something takes no lock: event loops do. */
final class LoaderThread implements Executor, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LoaderThread.class);

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final int most;
    private final Thread thread;
    private volatile boolean closed;

    /** @param most how many tasks may wait; further ones are refused */
    LoaderThread(String name, int most) {
        this.most = most;
        this.thread = PolicyStore.named(name).newThread(this::run);
        thread.start();
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            throw new RejectedExecutionException(most + " tasks are waiting");
        }
        waiting.add(task);
        LockSupport.unpark(thread);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        while (!closed) {
            Runnable task = waiting.poll();
            if (task == null) {
                LockSupport.park(this);
                continue;
            }
            count.decrementAndGet();
            try {
                task.run();
            } catch (RuntimeException failure) {
                log.warn("policy: a load failed", failure);
            }
        }
    }
}
