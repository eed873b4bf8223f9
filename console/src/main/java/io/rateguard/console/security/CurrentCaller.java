package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The caller of the request or view at hand. */
@Component
public class CurrentCaller {

    /** What the caller is known as where something is written down that they did. */
    public String name() {
        return switch (get()) {
            case Caller.Token token -> "management token (" + token.role().wireName() + ")";
            case Caller.Person person ->
                SecurityContextHolder.getContext().getAuthentication() instanceof Authentication signedIn
                        ? signedIn.getName()
                        : person.user().toString();
        };
    }

    public Caller get() {
        return find().orElseThrow(Problem::unauthenticated);
    }

    /** Whoever is signed in; a token is nobody. */
    public Caller.Person person() {
        if (get() instanceof Caller.Person person) {
            return person;
        }
        throw Problem.unauthenticated();
    }

    /** Of the request at hand; of the sign-in, where a screen does not act within one. */
    Optional<String> address() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            return Optional.of(attributes.getRequest().getRemoteAddr());
        }
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getDetails() instanceof WebAuthenticationDetails details
                ? Optional.of(details.getRemoteAddress())
                : Optional.empty();
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
