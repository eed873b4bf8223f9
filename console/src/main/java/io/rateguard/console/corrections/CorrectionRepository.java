package io.rateguard.console.corrections;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface CorrectionRepository extends Repository<CorrectionEntity, UUID> {

    CorrectionEntity save(CorrectionEntity correction);

    @Query("from CorrectionEntity where workspaceId = :workspace and requestId is null and id > :after order by id")
    List<CorrectionEntity> rerates(UUID workspace, UUID after, Limit limit);

    @Query("from CorrectionEntity where workspaceId = :workspace and requestId is null and id = :id")
    Optional<CorrectionEntity> findRerate(UUID workspace, UUID id);

    @Query("select count(*) from CorrectionEntity where workspaceId = :workspace and endedAt is null")
    long open(UUID workspace);
}
