package io.rateguard.console.keys;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface KeyRepository extends Repository<KeyEntity, UUID> {

    KeyEntity save(KeyEntity key);

    @Query("from KeyEntity where workspaceId = :workspace and id > :after order by id")
    List<KeyEntity> page(UUID workspace, UUID after, Limit limit);

    Optional<KeyEntity> findByWorkspaceIdAndId(UUID workspaceId, UUID id);
}
