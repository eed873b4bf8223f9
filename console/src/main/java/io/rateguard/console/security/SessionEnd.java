package io.rateguard.console.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/** Whoever signs out here is signed out on every console. */
final class SessionEnd implements LogoutHandler {

    @Override
    public void logout(
            HttpServletRequest request,
            @Nullable HttpServletResponse response,
            @Nullable Authentication authentication) {
        HttpSession session = request.getSession(false);
        if (session != null && session.getAttribute(NotedSession.ATTRIBUTE) instanceof NotedSession noted) {
            noted.end();
        }
        if (response != null) {
            SignInCookie.remove(request, response);
        }
    }
}
