package io.rateguard.console.budgets;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface IncreaseRepository extends Repository<IncreaseEntity, UUID> {

    IncreaseEntity save(IncreaseEntity increase);

    Optional<IncreaseEntity> findByWorkspaceIdAndCrossingId(UUID workspaceId, UUID crossingId);

    @Query("from IncreaseEntity where workspaceId = :workspace and budgetId in :budgets and endsAt > :now"
            + " order by endsAt, id")
    List<IncreaseEntity> underWay(UUID workspace, Collection<UUID> budgets, Instant now);
}
