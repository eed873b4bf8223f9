package io.rateguard.console.budgets;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface BudgetRepository extends Repository<BudgetEntity, UUID> {

    BudgetEntity save(BudgetEntity budget);

    BudgetEntity saveAndFlush(BudgetEntity budget);

    @Query("from BudgetEntity where workspaceId = :workspace and deletedAt is null and id > :after order by id")
    List<BudgetEntity> page(UUID workspace, UUID after, Limit limit);

    @Query("from BudgetEntity where workspaceId = :workspace and deletedAt is null and id = :id")
    Optional<BudgetEntity> find(UUID workspace, UUID id);

    /** As {@link #find}; whoever else changes this budget waits until this transaction has ended. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("from BudgetEntity where workspaceId = :workspace and deletedAt is null and id = :id")
    Optional<BudgetEntity> lock(UUID workspace, UUID id);
}
