package io.rateguard.console.apis;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code api_credentials}: a secret of an upstream, sealed. */
@Entity
@Table(name = "api_credentials")
class CredentialEntity {

    @Id
    UUID id;

    UUID workspaceId;
    UUID apiId;
    String name;
    byte[] sealed;
    String sealedWith;
    int weight;

    @Column(updatable = false)
    Instant createdAt;

    @Nullable
    Instant deletedAt;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected CredentialEntity() {}
}
