package io.rateguard.console.members;

import io.rateguard.console.security.Role;
import java.time.Instant;
import java.util.UUID;

/**
 * A person's part in a workspace.
 *
 * @param id of the membership
 */
public record Member(UUID id, UUID userId, String email, String name, Role role, Instant createdAt) {}
