package io.rateguard.analytics.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Messages of one partition that were polled and are in no block yet. */
final class Backlog {

    private final Deque<ConsumerRecord<byte[], byte[]>> messages = new ArrayDeque<>();
    private long start;
    private OptionalLong promisedEnd;
    private long position;

    /**
     * @param start where the next block starts
     * @param promisedEnd where it has to end, when a process before this one has promised it
     */
    Backlog(long start, OptionalLong promisedEnd) {
        this.start = start;
        this.promisedEnd = promisedEnd;
        this.position = start;
    }

    void add(List<ConsumerRecord<byte[], byte[]>> polled, long nextPosition) {
        messages.addAll(polled);
        position = nextPosition;
    }

    /** Whether a block can be taken: there is something, and a promised block is here as a whole. */
    boolean isReady() {
        return promisedEnd.isPresent() ? position >= promisedEnd.getAsLong() : position > start;
    }

    /** Whether everything that was polled is in a block. */
    boolean isEmpty() {
        return promisedEnd.isEmpty() && position == start;
    }

    boolean isPromised() {
        return promisedEnd.isPresent();
    }

    long start() {
        return start;
    }

    /** Where the next block will end. */
    long end() {
        return promisedEnd.orElse(position);
    }

    /** Takes the messages of the next block out; the block after it starts where this one ends. */
    List<ConsumerRecord<byte[], byte[]>> take() {
        long end = end();
        List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>(messages.size());
        while (!messages.isEmpty() && messages.peekFirst().offset() < end) {
            taken.add(messages.removeFirst());
        }
        start = end;
        promisedEnd = OptionalLong.empty();
        return taken;
    }
}
