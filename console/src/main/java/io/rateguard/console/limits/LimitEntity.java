package io.rateguard.console.limits;

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

/** A row of {@code limits}; its policy version belongs to the database. */
@Entity
@Table(name = "limits")
class LimitEntity {

    @Id
    UUID id;

    UUID workspaceId;
    String name;

    @JdbcTypeCode(SqlTypes.JSON)
    String match;

    @JdbcTypeCode(SqlTypes.JSON)
    String per;

    @JdbcTypeCode(SqlTypes.JSON)
    String limitShape;

    @JdbcTypeCode(SqlTypes.JSON)
    String weightsPermille;

    String mode;
    String onStoreFailure;

    @Column(updatable = false)
    Instant createdAt;

    @Nullable
    Instant deletedAt;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected LimitEntity() {}
}
