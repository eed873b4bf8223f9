package io.rateguard.console.security;

import io.rateguard.domain.id.UserId;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;

/** Finds accounts for sign-in and for sessions. An unknown address takes as long as a wrong password: the caller hashes all the same. */
@Service
class Accounts implements UserDetailsService {

    private final Tenancy tenancy;
    private final UserRepository users;

    Accounts(Tenancy tenancy, UserRepository users) {
        this.tenancy = tenancy;
        this.users = users;
    }

    @Override
    public UserDetails loadUserByUsername(String email) {
        String address = email.strip();
        return tenancy.withEmail(
                address,
                () -> users.findByEmail(address)
                        .filter(user -> user.passwordHash != null)
                        .map(Accounts::account)
                        .orElseThrow(() -> new UsernameNotFoundException("no account")));
    }

    Account get(UserId user) {
        return tenancy.as(
                user, () -> users.findById(user.value()).map(Accounts::account).orElseThrow());
    }

    private static Account account(UserEntity user) {
        String hash = user.passwordHash == null ? "" : user.passwordHash;
        return new Account(user.id, user.email, hash, user.disabledAt == null, user.totpSealed != null);
    }
}
