package io.rateguard.console.workspaces;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface WorkspaceRepository extends Repository<WorkspaceEntity, UUID> {

    /** What row-level security shows. */
    List<WorkspaceEntity> findAllByDeletedAtIsNullOrderBySlug();

    Optional<WorkspaceEntity> findByIdAndDeletedAtIsNull(UUID id);

    WorkspaceEntity saveAndFlush(WorkspaceEntity workspace);
}
