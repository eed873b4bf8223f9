package io.rateguard.proxy.journal;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the journals live and how large they may grow.
 *
 * @param directory belongs to this process alone while it runs
 * @param writers how many event loops write
 * @param segmentBytes the size of one segment file
 * @param capBytes above it there is no room for new requests; at least two segments for each writer
 * @param closeTimeout how long closing waits for Kafka before it leaves the rest on disk
 */
public record JournalSettings(Path directory, int writers, long segmentBytes, long capBytes, Duration closeTimeout) {

    public static final long DEFAULT_SEGMENT_BYTES = 8L << 20;
    public static final long DEFAULT_CAP_BYTES = 1L << 30;
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
        if (capBytes < 2 * segmentBytes * writers) {
            throw new IllegalArgumentException("journal capBytes: " + capBytes + " (expected: at least "
                    + 2 * segmentBytes * writers + ", two segments for each of " + writers + " writers)");
        }
        if (closeTimeout.isNegative()) {
            throw new IllegalArgumentException("journal closeTimeout: " + closeTimeout + " (expected: 0 or more)");
        }
    }

    public JournalSettings(Path directory, int writers, long segmentBytes, long capBytes) {
        this(directory, writers, segmentBytes, capBytes, DEFAULT_CLOSE_TIMEOUT);
    }

    public static JournalSettings defaults(Path directory, int writers) {
        return new JournalSettings(
                directory,
                writers,
                DEFAULT_SEGMENT_BYTES,
                Math.max(DEFAULT_CAP_BYTES, 2 * DEFAULT_SEGMENT_BYTES * writers));
    }
}
