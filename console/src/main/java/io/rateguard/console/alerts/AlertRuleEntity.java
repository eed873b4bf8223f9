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

/** A row of {@code alert_rules}. */
@Entity
@Table(name = "alert_rules")
class AlertRuleEntity {

    @Id
    UUID id;

    UUID workspaceId;
    String name;
    String type;

    @Nullable
    UUID budgetId;

    @Nullable
    Integer percent;

    @Nullable
    String subject;

    @Nullable
    Integer millis;

    @Nullable
    Integer windowSeconds;

    @Nullable
    Integer minimum;

    @Nullable
    Instant mutedUntil;

    @JdbcTypeCode(SqlTypes.ARRAY)
    UUID[] channelIds;

    @Column(updatable = false)
    Instant createdAt;

    @Nullable
    Instant deletedAt;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected AlertRuleEntity() {}
}
