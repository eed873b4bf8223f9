package io.rateguard.console.alerts;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface AlertRuleRepository extends Repository<AlertRuleEntity, UUID> {

    AlertRuleEntity save(AlertRuleEntity rule);

    @Query("from AlertRuleEntity where workspaceId = :workspace and deletedAt is null and id > :after order by id")
    List<AlertRuleEntity> page(UUID workspace, UUID after, Limit limit);

    @Query("from AlertRuleEntity where workspaceId = :workspace and deletedAt is null order by id")
    List<AlertRuleEntity> all(UUID workspace);

    @Query("from AlertRuleEntity where workspaceId = :workspace and deletedAt is null and id = :id")
    Optional<AlertRuleEntity> find(UUID workspace, UUID id);
}
