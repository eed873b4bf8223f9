package io.rateguard.console.security;

import io.rateguard.domain.key.Secret;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.web.util.WebUtils;

/**
 * What a browser is known by on each console, beside the session that one of them keeps: it names the session in the
 * database, for as long as that stands and the browser is not closed.
 */
final class SignInCookie {

    static final String NAME = "rateguard_signin";

    private SignInCookie() {}

    /** Nothing, where its form is wrong: no database is asked about what anybody can make up. */
    static Optional<Secret> read(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, NAME))
                .flatMap(cookie -> Secret.parse(Secret.Kind.SESSION, cookie.getValue()));
    }

    static boolean isIn(HttpServletRequest request) {
        return WebUtils.getCookie(request, NAME) != null;
    }

    static void set(HttpServletRequest request, HttpServletResponse response, Secret secret) {
        response.addCookie(cookie(request, secret.reveal()));
    }

    static void remove(HttpServletRequest request, HttpServletResponse response) {
        Cookie removed = cookie(request, "");
        removed.setMaxAge(0);
        response.addCookie(removed);
    }

    /** As the container makes that of the session. */
    private static Cookie cookie(HttpServletRequest request, String value) {
        Cookie cookie = new Cookie(NAME, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure()
                || request.getServletContext().getSessionCookieConfig().isSecure());
        cookie.setAttribute("SameSite", "Lax");
        return cookie;
    }
}
