package io.rateguard.console.security;

import com.vaadin.flow.shared.ApplicationConstants;
import io.rateguard.console.security.Sessions.Known;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Signs in here who has a session of another console, lost or left: it goes on, and nothing is asked again that was asked
 * when it began. A page does so when it is loaded; what it does before that is told that its session is gone, upon which it
 * loads itself anew. A cookie without a session that stands is removed, and counts for nothing.
 */
final class TakeOverFilter extends OncePerRequestFilter {

    private final Sessions sessions;
    private final Clock clock;

    TakeOverFilter(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("GET")
                || !SignInCookie.isIn(request)
                || request.getParameter(ApplicationConstants.REQUEST_TYPE_PARAMETER) != null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() == null) {
            Optional<Known> known;
            try {
                known = SignInCookie.read(request).flatMap(sessions::find);
            } catch (DataAccessException | TransactionException away) {
                logger.warn("session not taken over: the database does not answer", away);
                sayUnavailable(response);
                return;
            }
            known.ifPresentOrElse(
                    session -> takeOver(session, request, response), () -> SignInCookie.remove(request, response));
        }
        chain.doFilter(request, response);
    }

    private void takeOver(Known session, HttpServletRequest request, HttpServletResponse response) {
        UsernamePasswordAuthenticationToken token = HttpSignIn.token(session.account(), request);
        HttpSignIn.signIn(token, request, response);
        SecurityContextHolder.getContext().setAuthentication(token);
        request.getSession()
                .setAttribute(
                        NotedSession.ATTRIBUTE,
                        new NotedSession(sessions, session.account().userId(), session.id(), clock.instant()));
    }

    /** Whoever reloads later is where they were; at the sign-in page they would not be. */
    private static void sayUnavailable(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter().println("RateGuard's database does not answer. Reload the page in a little while.");
    }
}
