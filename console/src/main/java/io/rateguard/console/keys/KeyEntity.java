package io.rateguard.console.keys;

import io.rateguard.console.calls.Purpose;
import io.rateguard.domain.key.KeyState;
import io.rateguard.domain.key.KeyStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code api_keys}; its policy version belongs to the database. */
@Entity
@Table(name = "api_keys")
class KeyEntity {

    @Id
    UUID id;

    UUID workspaceId;
    String name;
    String environment;
    String prefix;

    @Column(updatable = false)
    byte[] hash;

    String status;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Nullable
    List<String> apiSlugs;

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> models;

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> endpoints;

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> ipRanges;

    @JdbcTypeCode(SqlTypes.JSON)
    String tags;

    @Nullable
    String project;

    @Nullable
    String owner;

    @Nullable
    String customer;

    String customerHeader;

    @Column(updatable = false)
    @Nullable
    String lentFor;

    /** The first key of those that count as one; null where that is this one. */
    @Column(updatable = false)
    @Nullable
    UUID lineId;

    @Nullable
    UUID successorId;

    @Nullable
    Instant expiresAt;

    @Nullable
    Instant revokedAt;

    @Column(updatable = false)
    Instant createdAt;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected KeyEntity() {}

    UUID line() {
        return lineId == null ? id : lineId;
    }

    @Nullable
    Purpose purpose() {
        return lentFor == null ? null : Purpose.ofWireName(lentFor);
    }

    KeyState state(Instant now) {
        return KeyState.of(KeyStatus.ofWireName(status), successorId != null, expiresAt, now);
    }
}
