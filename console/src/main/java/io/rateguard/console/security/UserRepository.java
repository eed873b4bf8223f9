package io.rateguard.console.security;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface UserRepository extends Repository<UserEntity, UUID> {

    Optional<UserEntity> findById(UUID id);

    @Query("from UserEntity where lower(email) = lower(:email)")
    Optional<UserEntity> findByEmail(String email);
}
