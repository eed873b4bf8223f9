package io.rateguard.console.security;

import io.rateguard.console.fixture.RunningConsole;
import java.util.UUID;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Somebody at a screen, for services that are asked without one. */
public final class SignedIn {

    private SignedIn() {}

    /** Whoever has the account with this address. */
    public static void as(RunningConsole console, String email) {
        as(UUID.fromString(console.database().text("SELECT id FROM users WHERE email = '" + email + "'")), email);
    }

    static void as(UUID id, String email) {
        Account account = new Account(id, email, "", true, false);
        SecurityContextHolder.getContext()
                .setAuthentication(
                        UsernamePasswordAuthenticationToken.authenticated(account, null, account.getAuthorities()));
    }

    public static void out() {
        SecurityContextHolder.clearContext();
    }
}
