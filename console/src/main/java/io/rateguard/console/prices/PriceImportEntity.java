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

/** A row of {@code price_imports}; its policy version belongs to the database. */
@Entity
@Table(name = "price_imports")
class PriceImportEntity {

    @Id
    UUID id;

    UUID workspaceId;
    int number;

    /** The number of the one that held when it was compared; 0: none did. */
    int base;

    String kind;
    String catalogueVersion;

    /** None: the one that ships. */
    @Nullable
    String catalogue;

    int added;
    int changed;
    int removed;

    @JdbcTypeCode(SqlTypes.JSON)
    String changes;

    @JdbcTypeCode(SqlTypes.JSON)
    String leftOut;

    @Column(updatable = false)
    Instant createdAt;

    @Column(updatable = false)
    String createdBy;

    @Nullable
    Instant appliedAt;

    @Nullable
    String appliedBy;

    @Nullable
    Instant deletedAt;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected PriceImportEntity() {}
}
