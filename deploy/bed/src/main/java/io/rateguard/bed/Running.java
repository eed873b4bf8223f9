package io.rateguard.bed;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, to be stopped in the opposite order; closing it twice is closing it once. */
public final class Running implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    public synchronized <C extends AutoCloseable> C keep(C part) {
        parts.push(part);
        return part;
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failure) {
                System.err.println("not stopped cleanly: " + failure);
            }
        }
    }
}
