package io.rateguard.console.prices;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface PriceImportRepository extends Repository<PriceImportEntity, UUID> {

    PriceImportEntity save(PriceImportEntity row);

    /** Without what is large. */
    @Query("""
            select new io.rateguard.console.prices.PriceImport(
              i.id, i.number, i.kind, i.catalogueVersion, i.added, i.changed, i.removed,
              i.createdAt, i.createdBy, i.appliedAt, i.appliedBy)
            from PriceImportEntity i
            where i.workspaceId = :workspace and i.deletedAt is null and i.id > :after order by i.id""")
    List<PriceImport> page(UUID workspace, UUID after, Limit limit);

    @Query("from PriceImportEntity where workspaceId = :workspace and deletedAt is null and number = :number")
    Optional<PriceImportEntity> find(UUID workspace, int number);

    @Query("from PriceImportEntity where workspaceId = :workspace and appliedAt is not null"
            + " order by number desc limit 1")
    Optional<PriceImportEntity> inForce(UUID workspace);

    @Query("select coalesce(max(number), 0) from PriceImportEntity where workspaceId = :workspace")
    int last(UUID workspace);

    /** There is one draft at most, and nothing is left of what it would have been. */
    @Modifying
    @Query("update PriceImportEntity set deletedAt = :now, catalogue = null, changes = '[]', leftOut = '[]'"
            + " where workspaceId = :workspace and appliedAt is null and deletedAt is null")
    int discardDrafts(UUID workspace, Instant now);
}
