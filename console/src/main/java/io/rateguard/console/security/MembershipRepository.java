package io.rateguard.console.security;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface MembershipRepository extends Repository<MembershipEntity, UUID> {

    Optional<MembershipEntity> findByUserIdAndWorkspaceId(UUID userId, UUID workspaceId);
}
