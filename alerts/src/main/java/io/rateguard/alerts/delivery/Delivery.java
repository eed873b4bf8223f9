package io.rateguard.alerts.delivery;

import java.time.Instant;
import java.util.UUID;

/**
 * One delivery, taken for the time of a lease.
 *
 * @param attempts with the present one
 */
record Delivery(UUID id, UUID workspace, UUID channel, int attempts, Instant createdAt) {}
