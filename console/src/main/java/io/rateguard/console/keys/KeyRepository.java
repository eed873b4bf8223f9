package io.rateguard.console.keys;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface KeyRepository extends Repository<KeyEntity, UUID> {

    KeyEntity save(KeyEntity key);

    KeyEntity saveAndFlush(KeyEntity key);

    @Query("from KeyEntity where workspaceId = :workspace and id > :after order by id")
    List<KeyEntity> page(UUID workspace, UUID after, Limit limit);

    /** Whoever else changes this key waits until this transaction has ended. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("from KeyEntity where workspaceId = :workspace and id = :id")
    Optional<KeyEntity> lock(UUID workspace, UUID id);

    /** Those that followed another. */
    @Query("from KeyEntity where workspaceId = :workspace and lineId is not null")
    List<KeyEntity> successors(UUID workspace);

    Optional<KeyEntity> findByWorkspaceIdAndId(UUID workspaceId, UUID id);
}
