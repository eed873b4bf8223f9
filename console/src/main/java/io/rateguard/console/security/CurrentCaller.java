package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The caller of the request or view at hand. */
@Component
public class CurrentCaller {

    public Caller get() {
        return find().orElseThrow(Problem::unauthenticated);
    }

    /** Nobody at sign-in, and where the console acts by itself. */
    Optional<Caller> find() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication instanceof TokenAuthentication token) {
            return Optional.of(token.getPrincipal());
        }
        if (authentication != null && authentication.getPrincipal() instanceof Account account) {
            return Optional.of(new Caller.Person(account.userId(), account.getUsername()));
        }
        return Optional.empty();
    }
}
