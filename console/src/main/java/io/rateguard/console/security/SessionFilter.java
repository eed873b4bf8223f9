package io.rateguard.console.security;

import io.rateguard.domain.id.UserId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Keeps note of each session in the database and ends it here within seconds of its end there. While the database is away,
 * sessions go on.
 */
final class SessionFilter extends OncePerRequestFilter {

    private final Sessions sessions;
    private final Clock clock;

    SessionFilter(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        var signedIn = SecurityContextHolder.getContext().getAuthentication();
        if (session != null && signedIn != null && signedIn.getPrincipal() instanceof Account account) {
            try {
                follow(request, response, session, account.userId());
            } catch (DataAccessException | TransactionException away) {
                logger.debug("session not looked up: the database does not answer", away);
            }
        }
        chain.doFilter(request, response);
    }

    private void follow(HttpServletRequest request, HttpServletResponse response, HttpSession session, UserId user) {
        Instant now = clock.instant();
        if (!noted(request, response, session, user, now).stands(now)) {
            session.invalidate();
            SignInCookie.remove(request, response);
            SecurityContextHolder.clearContext();
        }
    }

    /** Of requests at once, one begins it. Whoever signs in while someone else is ends that one's. */
    private NotedSession noted(
            HttpServletRequest request, HttpServletResponse response, HttpSession session, UserId user, Instant now) {
        synchronized (WebUtils.getSessionMutex(session)) {
            if (session.getAttribute(NotedSession.ATTRIBUTE) instanceof NotedSession noted) {
                if (noted.isOf(user)) {
                    return noted;
                }
                noted.end();
            }
            String browser =
                    Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
            Sessions.Begun begun = sessions.begin(user, request.getRemoteAddr(), browser);
            SignInCookie.set(request, response, begun.secret());
            NotedSession begins = new NotedSession(sessions, user, begun.id(), now);
            session.setAttribute(NotedSession.ATTRIBUTE, begins);
            return begins;
        }
    }
}
