package io.rateguard.console.apis;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ApiRepository extends Repository<ApiEntity, UUID> {

    ApiEntity save(ApiEntity api);

    ApiEntity saveAndFlush(ApiEntity api);

    @Query("from ApiEntity where workspaceId = :workspace and deletedAt is null and id > :after order by id")
    List<ApiEntity> page(UUID workspace, UUID after, Limit limit);

    @Query("from ApiEntity where workspaceId = :workspace and deletedAt is null and id = :id")
    Optional<ApiEntity> find(UUID workspace, UUID id);

    @Query("from ApiEntity where workspaceId = :workspace and deletedAt is null and slug = :slug")
    Optional<ApiEntity> findBySlug(UUID workspace, String slug);

    @Query("select slug from ApiEntity where workspaceId = :workspace and deletedAt is null order by slug")
    List<String> slugs(UUID workspace);
}
