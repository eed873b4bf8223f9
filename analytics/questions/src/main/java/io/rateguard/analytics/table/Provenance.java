package io.rateguard.analytics.table;

import java.util.UUID;

/**
 * Where an event came from: its place in Kafka, and its place in the journal that wrote it first.
 *
 * @param sequence without gaps and rising within its journal
 */
public record Provenance(int partition, long offset, UUID journal, long sequence) {}
