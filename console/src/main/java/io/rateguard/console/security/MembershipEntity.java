package io.rateguard.console.security;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code memberships}: a person's role in a workspace. */
@Entity
@Table(name = "memberships")
class MembershipEntity {

    @Id
    UUID id;

    UUID workspaceId;
    UUID userId;
    String role;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    protected MembershipEntity() {}
}
