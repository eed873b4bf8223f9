package io.rateguard.console.limits;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface LimitRepository extends Repository<LimitEntity, UUID> {

    LimitEntity save(LimitEntity limit);

    LimitEntity saveAndFlush(LimitEntity limit);

    @Query("from LimitEntity where workspaceId = :workspace and deletedAt is null and id > :after order by id")
    List<LimitEntity> page(UUID workspace, UUID after, Limit limit);

    @Query("from LimitEntity where workspaceId = :workspace and deletedAt is null")
    List<LimitEntity> all(UUID workspace);

    @Query("from LimitEntity where workspaceId = :workspace and deletedAt is null and id = :id")
    Optional<LimitEntity> find(UUID workspace, UUID id);

    @Query("from LimitEntity where workspaceId = :workspace and id = :id")
    Optional<LimitEntity> findEvenDeleted(UUID workspace, UUID id);

    /** As {@link #find}; whoever else changes this limit waits until this transaction has ended. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("from LimitEntity where workspaceId = :workspace and deletedAt is null and id = :id")
    Optional<LimitEntity> lock(UUID workspace, UUID id);
}
