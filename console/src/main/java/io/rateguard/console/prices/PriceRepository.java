package io.rateguard.console.prices;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface PriceRepository extends Repository<PriceEntity, UUID> {

    PriceEntity save(PriceEntity price);

    @Query("from PriceEntity where workspaceId = :workspace and deletedAt is null and id > :after order by id")
    List<PriceEntity> page(UUID workspace, UUID after, Limit limit);

    @Query("from PriceEntity where workspaceId = :workspace and deletedAt is null and id = :id")
    Optional<PriceEntity> find(UUID workspace, UUID id);

    @Query("from PriceEntity where workspaceId = :workspace and id = :id")
    Optional<PriceEntity> findEvenDeleted(UUID workspace, UUID id);

    @Query("select count(*) from PriceEntity where workspaceId = :workspace and deletedAt is null")
    long count(UUID workspace);
}
