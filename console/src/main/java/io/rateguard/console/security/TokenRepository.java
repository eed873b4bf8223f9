package io.rateguard.console.security;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface TokenRepository extends Repository<TokenEntity, UUID> {

    Optional<TokenEntity> findByHashAndRevokedAtIsNull(byte[] hash);
}
