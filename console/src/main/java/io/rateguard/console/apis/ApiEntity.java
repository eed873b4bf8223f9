package io.rateguard.console.apis;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code apis}; its policy version belongs to the database. */
@Entity
@Table(name = "apis")
class ApiEntity {

    @Id
    UUID id;

    UUID workspaceId;
    String slug;
    String name;
    String profile;
    String baseUrl;
    String authType;

    @Nullable
    String authName;

    boolean enabled;
    String unknownPaths;
    String clientGone;
    int connectTimeoutMillis;
    int firstByteTimeoutMillis;
    int totalTimeoutMillis;

    @Column(updatable = false)
    Instant createdAt;

    @Nullable
    Instant deletedAt;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected ApiEntity() {}
}
