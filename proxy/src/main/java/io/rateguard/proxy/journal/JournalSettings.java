package io.rateguard.proxy.journal;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the journals live and how large they may grow.
 *
 * @param directory belongs to this process alone while it runs
 * @param writers how many event loops write
 * @param segmentBytes the size of one segment file
 * @param capBytes above it there is no room for new requests; at least two segments for each writer, and four if the
 *     oldest events are given up
 * @param whenFull what is done as that space fills; what Kafka must acknowledge is not given up
 * @param ack when an event counts as recorded
 * @param ackTimeout how long the end of an answer waits for Kafka at most, where Kafka must acknowledge
 * @param closeTimeout how long closing waits for Kafka before it leaves the rest on disk
 */
public record JournalSettings(
        Path directory,
        int writers,
        long segmentBytes,
        long capBytes,
        WhenFull whenFull,
        Ack ack,
        Duration ackTimeout,
        Duration closeTimeout) {

    public static final long DEFAULT_SEGMENT_BYTES = 8L << 20;
    public static final long DEFAULT_CAP_BYTES = 1L << 30;
    public static final Duration DEFAULT_ACK_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final long SMALLEST_SEGMENT_BYTES = 4 << 10;
    private static final long LARGEST_SEGMENT_BYTES = 1 << 30;

    public JournalSettings {
        if (writers < 1) {
            throw new IllegalArgumentException("journal writers: " + writers + " (expected: 1 or more)");
        }
        if (segmentBytes < SMALLEST_SEGMENT_BYTES || segmentBytes > LARGEST_SEGMENT_BYTES || segmentBytes % 8 != 0) {
            throw new IllegalArgumentException("journal segmentBytes: " + segmentBytes + " (expected: a multiple of 8, "
                    + SMALLEST_SEGMENT_BYTES + " to " + LARGEST_SEGMENT_BYTES + ")");
        }
        int segments = whenFull == WhenFull.DROP_OLDEST ? 4 : 2;
        if (capBytes < segments * segmentBytes * writers) {
            throw new IllegalArgumentException("journal capBytes: " + capBytes + " (expected: at least "
                    + segments * segmentBytes * writers + ", " + segments + " segments for each of " + writers
                    + " writers)");
        }
        if (whenFull == WhenFull.DROP_OLDEST && ack == Ack.KAFKA) {
            throw new IllegalArgumentException("journal whenFull: DROP_OLDEST with ack KAFKA (expected: REFUSE, or ack"
                    + " LOCAL: what Kafka must have is not given up)");
        }
        if (!ackTimeout.isPositive()) {
            throw new IllegalArgumentException("journal ackTimeout: " + ackTimeout + " (expected: more than 0)");
        }
        if (closeTimeout.isNegative()) {
            throw new IllegalArgumentException("journal closeTimeout: " + closeTimeout + " (expected: 0 or more)");
        }
    }

    public JournalSettings(Path directory, int writers, long segmentBytes, long capBytes, Duration closeTimeout) {
        this(directory, writers, segmentBytes, capBytes, WhenFull.REFUSE, Ack.LOCAL, DEFAULT_ACK_TIMEOUT, closeTimeout);
    }

    public JournalSettings withWhenFull(WhenFull other) {
        return new JournalSettings(directory, writers, segmentBytes, capBytes, other, ack, ackTimeout, closeTimeout);
    }

    public JournalSettings withAck(Ack other, Duration otherTimeout) {
        return new JournalSettings(
                directory, writers, segmentBytes, capBytes, whenFull, other, otherTimeout, closeTimeout);
    }

    /** Above it the oldest events are given up, if that is the policy: before new requests would be refused. */
    long dropAboveBytes() {
        return whenFull == WhenFull.DROP_OLDEST ? capBytes - segmentBytes * writers : Long.MAX_VALUE;
    }

    public static JournalSettings defaults(Path directory, int writers) {
        return new JournalSettings(
                directory,
                writers,
                DEFAULT_SEGMENT_BYTES,
                Math.max(DEFAULT_CAP_BYTES, 2 * DEFAULT_SEGMENT_BYTES * writers),
                DEFAULT_CLOSE_TIMEOUT);
    }
}
