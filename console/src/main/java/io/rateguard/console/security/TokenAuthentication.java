package io.rateguard.console.security;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A request that showed a valid management token. */
final class TokenAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Caller.Token caller;

    TokenAuthentication(Caller.Token caller) {
        super(List.of());
        this.caller = caller;
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Caller.Token getPrincipal() {
        return caller;
    }
}
