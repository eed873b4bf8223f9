package io.rateguard.console.corrections;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code corrections}: what is wanted; how far it is belongs to whoever does it. */
@Entity
@Table(name = "corrections")
class CorrectionEntity {

    @Id
    UUID id;

    UUID workspaceId;
    String author;

    @Nullable
    Instant fromAt;

    @Nullable
    Instant toAt;

    @Nullable
    String api;

    @Nullable
    String model;

    boolean dryRun;

    @Nullable
    String requestId;

    @Nullable
    Long costNanos;

    @Nullable
    String note;

    String state;

    @Nullable
    @Column(insertable = false, updatable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    String progress;

    @Nullable
    @Column(insertable = false, updatable = false)
    String trouble;

    Instant createdAt;

    @Nullable
    @Column(insertable = false, updatable = false)
    Instant endedAt;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected CorrectionEntity() {}
}
