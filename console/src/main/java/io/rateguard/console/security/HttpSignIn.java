package io.rateguard.console.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** Signs in without the form: an account whose proofs were looked at elsewhere. */
final class HttpSignIn {

    private static final HttpSessionSecurityContextRepository CONTEXTS = new HttpSessionSecurityContextRepository();

    private HttpSignIn() {}

    static UsernamePasswordAuthenticationToken token(Account account, HttpServletRequest request) {
        UsernamePasswordAuthenticationToken token =
                UsernamePasswordAuthenticationToken.authenticated(account, null, account.getAuthorities());
        token.setDetails(new WebAuthenticationDetailsSource().buildDetails(request));
        return token;
    }

    /** From here on the session is theirs, under an id that nobody knew before. */
    static void signIn(
            UsernamePasswordAuthenticationToken token, HttpServletRequest request, HttpServletResponse response) {
        if (request.getSession(false) != null) {
            request.changeSessionId();
        }
        CONTEXTS.saveContext(new SecurityContextImpl(token), request, response);
    }
}
