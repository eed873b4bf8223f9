package io.rateguard.alerts.delivery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One delivery, taken for the time of a lease.
 *
 * @param workspace null where it is a letter about an account
 * @param channel null where it is a letter
 * @param attempts with the present one
 */
record Delivery(UUID id, @Nullable UUID workspace, @Nullable UUID channel, int attempts, Instant createdAt) {}
