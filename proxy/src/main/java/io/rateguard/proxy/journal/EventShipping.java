package io.rateguard.proxy.journal;

import io.rateguard.domain.id.WorkspaceId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes recorded events to where they are kept. Used by the shipper's thread only, which may be made to wait.
 *
 * <p>What an implementation must hold: events of one partition are kept in the order they were sent; after the first
 * failure in a partition nothing sent to it later is kept until {@link #restart}.
 */
public interface EventShipping extends AutoCloseable {

    /** How many partitions there are; the journal chooses among them when it writes. */
    int partitions();

    /**
     * Hands over one event.
     *
     * @param acknowledgement told exactly once, by any thread, unless {@link #restart} or {@link #close} comes first
     * @throws ShippingException when it was not taken; the acknowledgement is then not told
     */
    void send(RecordedEvent event, Acknowledgement acknowledgement);

    /** Forgets what was sent and not acknowledged, and starts afresh: it will be sent again. */
    void restart();

    @Override
    void close();

    /**
     * @param sequence from 1, without gaps within its journal
     * @param json the event in its wire form
     */
    record RecordedEvent(UUID journal, long sequence, int partition, WorkspaceId workspace, byte[] json) {}

    /** Told what became of an event. */
    interface Acknowledgement {
        /** @param failure none when the event is kept */
        void told(@Nullable Exception failure);
    }

    /** An event could not be handed over. */
    final class ShippingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public ShippingException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
