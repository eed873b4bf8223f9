package io.rateguard.console.security;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code users}. */
@Entity
@Table(name = "users")
class UserEntity {

    @Id
    UUID id;

    String email;
    String name;

    @Nullable
    String passwordHash;

    byte @Nullable [] totpSealed;

    @Nullable
    Instant disabledAt;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected UserEntity() {}
}
