package io.rateguard.console.security;

import java.time.Instant;
import java.util.UUID;

/**
 * One place where a person is signed in.
 *
 * @param browser what it says of itself
 * @param seenAt to the minute
 * @param own whether it is the one at hand
 */
public record Session(UUID id, String address, String browser, Instant createdAt, Instant seenAt, boolean own) {}
