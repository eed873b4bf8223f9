package io.rateguard.console.security;

import io.rateguard.domain.id.UserId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** A person's account, as sign-in and session see it. */
final class Account implements UserDetails, CredentialsContainer {

    private static final long serialVersionUID = 1L;

    private final UUID id;
    private final String email;
    private final boolean enabled;
    private final boolean secondFactor;
    private @Nullable String passwordHash;

    Account(UUID id, String email, String passwordHash, boolean enabled, boolean secondFactor) {
        this.id = id;
        this.email = email;
        this.passwordHash = passwordHash;
        this.enabled = enabled;
        this.secondFactor = secondFactor;
    }

    UserId userId() {
        return new UserId(id);
    }

    /** Whether the password alone does not do. */
    boolean hasSecondFactor() {
        return secondFactor;
    }

    @Override
    public String getUsername() {
        return email;
    }

    @Override
    public @Nullable String getPassword() {
        return passwordHash;
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public List<GrantedAuthority> getAuthorities() {
        return List.of();
    }

    @Override
    public void eraseCredentials() {
        passwordHash = null;
    }
}
