package io.rateguard.console.workspaces;

import io.rateguard.domain.id.WorkspaceId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code workspaces}; its policy version belongs to the database. */
@Entity
@Table(name = "workspaces")
class WorkspaceEntity {

    @Id
    UUID id;

    String slug;
    String name;
    String zone;
    int retentionDays;

    @Column(updatable = false)
    Instant createdAt;

    @Nullable
    Instant suspendedAt;

    @Nullable
    Instant deletedAt;

    @Version
    @Nullable
    Integer version;

    @SuppressWarnings("NullAway.Init") // JPA sets the fields
    WorkspaceEntity() {}

    Workspace toWorkspace() {
        return new Workspace(new WorkspaceId(id), slug, name, ZoneId.of(zone), suspendedAt != null);
    }
}
