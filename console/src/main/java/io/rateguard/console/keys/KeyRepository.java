package io.rateguard.console.keys;

import jakarta.persistence.LockModeType;
import java.time.Instant;
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

    /** Of those that were lent, such as still work. */
    @Query("""
            from KeyEntity where workspaceId = :workspace and id > :after
            and (lentFor is null or status <> 'revoked' and expiresAt > :now)
            order by id""")
    List<KeyEntity> page(UUID workspace, UUID after, Instant now, Limit limit);

    @Query("from KeyEntity where workspaceId = :workspace and id in :ids order by id")
    List<KeyEntity> these(UUID workspace, List<UUID> ids);

    /** Whoever else changes this key waits until this transaction has ended. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("from KeyEntity where workspaceId = :workspace and id = :id")
    Optional<KeyEntity> lock(UUID workspace, UUID id);

    /** Those that followed another. */
    @Query("from KeyEntity where workspaceId = :workspace and lineId is not null")
    List<KeyEntity> successors(UUID workspace);

    Optional<KeyEntity> findByWorkspaceIdAndId(UUID workspaceId, UUID id);

    Optional<KeyEntity> findByWorkspaceIdAndHash(UUID workspaceId, byte[] hash);
}
