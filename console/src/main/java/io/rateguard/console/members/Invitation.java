package io.rateguard.console.members;

import io.rateguard.console.security.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One that was neither accepted nor revoked.
 *
 * @param invitedBy as people know them
 * @param delivery of its letter: pending, delivered or failed
 * @param trouble why the letter is not delivered
 */
public record Invitation(
        UUID id,
        String email,
        Role role,
        String invitedBy,
        Instant createdAt,
        Instant expiresAt,
        String delivery,
        @Nullable String trouble) {}
