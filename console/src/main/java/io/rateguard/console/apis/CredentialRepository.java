package io.rateguard.console.apis;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface CredentialRepository extends Repository<CredentialEntity, UUID> {

    CredentialEntity save(CredentialEntity credential);

    @Query("""
            from CredentialEntity where workspaceId = :workspace and deletedAt is null and apiId in :apis order by id""")
    List<CredentialEntity> ofApis(UUID workspace, Collection<UUID> apis);
}
