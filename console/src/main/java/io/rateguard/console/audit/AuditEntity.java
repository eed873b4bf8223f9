package io.rateguard.console.audit;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code audit_entries}. */
@Entity
@Immutable
@Table(name = "audit_entries")
class AuditEntity {

    @Id
    UUID id;

    @Nullable
    UUID workspaceId;

    String actorType;

    @Nullable
    UUID actorId;

    String actorName;

    @Nullable
    String address;

    String action;
    String resource;
    UUID resourceId;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String before;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String after;

    Instant createdAt;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected AuditEntity() {}
}
