package io.rateguard.console.alerts;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ChannelRepository extends Repository<ChannelEntity, UUID> {

    ChannelEntity save(ChannelEntity channel);

    @Query("from ChannelEntity where workspaceId = :workspace and deletedAt is null and id > :after order by id")
    List<ChannelEntity> page(UUID workspace, UUID after, Limit limit);

    @Query("from ChannelEntity where workspaceId = :workspace and deletedAt is null and id = :id")
    Optional<ChannelEntity> find(UUID workspace, UUID id);
}
