package io.rateguard.analytics.intake;

import io.rateguard.analytics.table.IntakeProgress;
import io.rateguard.analytics.table.IntakeProgress.Reached;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntSupplier;

/**
 * Tells every few seconds how far each partition was taken in: up to the newest message of its last block, or, where
 * nothing waits, up to now.
 */
final class Freshness {

    private static final Duration PACE = Duration.ofSeconds(2);

    private final IntakeProgress progress;
    private final IntSupplier partitions;
    private final Clock clock;
    private final Map<Integer, Reached> reached = new TreeMap<>();
    private Instant told;
    private int known;

    /** @param partitions how many the topic has, as far as this process knows; 0 where it does not */
    Freshness(IntakeProgress progress, IntSupplier partitions, Clock clock) {
        this.progress = progress;
        this.partitions = partitions;
        this.clock = clock;
        this.told = clock.instant();
    }

    Instant now() {
        return clock.instant();
    }

    void tookIn(EventBlock block) {
        block.newest().ifPresent(newest -> put(block.partition().partition(), block.end(), newest));
    }

    /**
     * Nothing waits in a partition.
     *
     * @param asked when Kafka was asked, which had nothing more
     */
    void waits(int partition, long position, Instant asked) {
        put(partition, position, asked);
    }

    /** Writes down what is new, if it is time. */
    void tell() {
        Instant now = clock.instant();
        if (Duration.between(told, now).compareTo(PACE) >= 0) {
            forgetOthers(partitions.getAsInt());
            progress.save(reached.values(), "progress " + UUID.randomUUID());
            reached.clear();
            told = now;
        }
    }

    /** One that is gone never gets any further, and the least counts for all. */
    private void forgetOthers(int present) {
        if (present > 0 && present != known) {
            progress.keepBelow(present);
            known = present;
        }
    }

    private void put(int partition, long uptoOffset, Instant at) {
        reached.merge(
                partition,
                new Reached(partition, uptoOffset, at),
                (before, after) -> after.at().isBefore(before.at()) ? before : after);
    }
}
