package io.rateguard.console.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns a sign-in away before its password is hashed, where {@link SignInThrottle} has counted too many. */
final class ThrottleFilter extends OncePerRequestFilter {

    private final SignInThrottle throttle;

    ThrottleFilter(SignInThrottle throttle) {
        this.throttle = throttle;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String email = request.getParameter("username");
        if (email != null) {
            try {
                if (!throttle.enter(email, request.getRemoteAddr())) {
                    response.sendRedirect(request.getContextPath() + "/login?wait");
                    return;
                }
            } catch (DataAccessException | TransactionException away) {
                logger.warn("sign-in not counted: the database does not answer", away);
                response.sendRedirect(request.getContextPath() + "/login?busy");
                return;
            }
        }
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST") || !request.getServletPath().equals("/login");
    }
}
