package io.rateguard.console.alerts;

import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface DeliveryRepository extends Repository<DeliveryEntity, UUID> {

    DeliveryEntity save(DeliveryEntity delivery);

    @Query("from DeliveryEntity where workspaceId = :workspace and channelId = :channel and id > :after order by id")
    List<DeliveryEntity> page(UUID workspace, UUID channel, UUID after, Limit limit);
}
