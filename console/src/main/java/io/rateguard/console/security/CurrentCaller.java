package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import java.util.Objects;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The caller of the request or view at hand. */
@Component
public class CurrentCaller {

    /** Who that is, for people: an address, or that it is a token and of which role. */
    public String words() {
        return switch (get()) {
            case Caller.Token token -> "management token (" + token.role().wireName() + ")";
            case Caller.Person _ ->
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication())
                        .getName();
        };
    }

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
