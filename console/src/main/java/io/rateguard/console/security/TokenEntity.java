package io.rateguard.console.security;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code management_tokens}. */
@Entity
@Table(name = "management_tokens")
class TokenEntity {

    @Id
    UUID id;

    UUID workspaceId;
    String name;
    String prefix;
    byte[] hash;
    String role;

    @Nullable
    Instant revokedAt;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected TokenEntity() {}
}
