package io.rateguard.proxy.journal;

import java.time.Duration;
import java.time.Instant;

/**
 * How the journals stand, for metrics and health.
 *
 * @param bytes what they occupy, counted in whole segments
 * @param capBytes what they may occupy before new requests are refused
 * @param droppedRecords events given up since the start, for want of room: at most so many are missing
 * @param unacknowledgedEnds answers that ended although Kafka, which must acknowledge, had not done so in time
 * @param unshippedRecords closed records that Kafka has not acknowledged
 * @param oldestUnshippedAge zero when there are none
 * @param shipping whether Kafka takes what it is given; {@code shippingSince} says since when this is so or not so
 * @param storing whether the disk takes new segments
 */
public record JournalState(
        long bytes,
        long capBytes,
        long droppedRecords,
        long unacknowledgedEnds,
        long unshippedRecords,
        Duration oldestUnshippedAge,
        boolean shipping,
        Instant shippingSince,
        boolean storing) {}
