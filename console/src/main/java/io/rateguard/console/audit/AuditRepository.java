package io.rateguard.console.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface AuditRepository extends Repository<AuditEntity, UUID> {

    /** Newest first; an empty text filters nothing. Of entries without a workspace, row-level security shows its members'. */
    @Query("""
            from AuditEntity where (workspaceId = :workspace or workspaceId is null)
              and createdAt >= :from and createdAt < :to
              and (:actor = '' or lower(actorName) = lower(:actor))
              and (:resource = '' or resource = :resource)
              and (:action = '' or action = :action)
              and id < :before order by id desc""")
    List<AuditEntity> page(
            UUID workspace,
            Instant from,
            Instant to,
            String actor,
            String resource,
            String action,
            UUID before,
            Limit limit);
}
