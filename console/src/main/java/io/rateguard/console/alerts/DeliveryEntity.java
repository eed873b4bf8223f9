package io.rateguard.console.alerts;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code deliveries}: written here only for a test, read for the history of a channel. */
@Entity
@Table(name = "deliveries")
class DeliveryEntity {

    @Id
    UUID id;

    UUID workspaceId;

    @Nullable
    UUID crossingId;

    @Nullable
    UUID incidentId;

    boolean recovery;
    UUID channelId;
    String state;
    int attempts;
    Instant dueAt;

    @Nullable
    String trouble;

    @Nullable
    String answer;

    @Column(updatable = false)
    Instant createdAt;

    @Nullable
    Instant endedAt;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected DeliveryEntity() {}
}
