package io.rateguard.console.prices;

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

/** A row of {@code prices}; its policy version belongs to the database. */
@Entity
@Table(name = "prices")
class PriceEntity {

    @Id
    UUID id;

    UUID workspaceId;

    /** A slug, or empty for all APIs. */
    String api;

    /** Empty where it holds for calls. */
    String model;

    @JdbcTypeCode(SqlTypes.JSON)
    String rates;

    @JdbcTypeCode(SqlTypes.JSON)
    String serviceTiers;

    @Nullable
    Long maxOutputTokens;

    /** The calls it holds for; none where it is a model's. */
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String call;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String charge;

    @Column(updatable = false)
    Instant createdAt;

    @Nullable
    Instant deletedAt;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected PriceEntity() {}
}
