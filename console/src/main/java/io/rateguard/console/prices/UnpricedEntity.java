package io.rateguard.console.prices;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** What a row of {@code workspaces} says of requests without a price; the rest of it belongs to others. */
@Entity
@Table(name = "workspaces")
class UnpricedEntity {

    @Id
    UUID id;

    String unpriced;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String ceiling;

    @Nullable
    Long outputCapTokens;

    @Nullable
    Instant deletedAt;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected UnpricedEntity() {}
}
