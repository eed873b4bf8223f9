package io.rateguard.console.alerts;

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

/** A row of {@code channels}; what is secret of its target is sealed. */
@Entity
@Table(name = "channels")
class ChannelEntity {

    @Id
    UUID id;

    UUID workspaceId;
    String name;
    String type;

    @JdbcTypeCode(SqlTypes.JSON)
    String target;

    byte @Nullable [] sealed;

    @Nullable
    String sealedWith;

    @Column(updatable = false)
    Instant createdAt;

    @Nullable
    Instant deletedAt;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected ChannelEntity() {}
}
