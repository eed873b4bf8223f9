package io.rateguard.console.prices;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface UnpricedRepository extends Repository<UnpricedEntity, UUID> {

    Optional<UnpricedEntity> findByIdAndDeletedAtIsNull(UUID workspace);
}
