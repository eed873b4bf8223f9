package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The caller of the request or view at hand. */
@Component
public class CurrentCaller {

    public Caller get() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof TokenAuthentication token) {
            return token.getPrincipal();
        }
        if (authentication != null && authentication.getPrincipal() instanceof Account account) {
            return new Caller.Person(account.userId());
        }
        throw Problem.unauthenticated();
    }
}
