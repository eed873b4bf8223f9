package io.rateguard.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.key.Secret;
import jakarta.servlet.http.Cookie;
import java.security.SecureRandom;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class SignInCookieTest {

    private final Secret secret = Secret.create(Secret.Kind.SESSION, new SecureRandom());
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void isReadBack() {
        SignInCookie.set(request, response, secret);
        request.setCookies(cookie());

        assertThat(SignInCookie.read(request).map(Secret::reveal)).hasValue(secret.reveal());
    }

    @Test
    void goesWhereScriptsDoNotAndForAsLongAsTheBrowserIsOpen() {
        SignInCookie.set(request, response, secret);

        assertThat(cookie().isHttpOnly()).isTrue();
        assertThat(cookie().getAttribute("SameSite")).isEqualTo("Lax");
        assertThat(cookie().getPath()).isEqualTo("/");
        assertThat(cookie().getMaxAge()).isNegative();
        assertThat(cookie().getSecure()).isFalse();
    }

    @Test
    void goesEncryptedAloneWhereItWasAskedForSo() {
        request.setSecure(true);

        SignInCookie.set(request, response, secret);

        assertThat(cookie().getSecure()).isTrue();
    }

    @Test
    void goesEncryptedAloneWhereThatOfTheSessionDoes() {
        Objects.requireNonNull(request.getServletContext())
                .getSessionCookieConfig()
                .setSecure(true);

        SignInCookie.set(request, response, secret);

        assertThat(cookie().getSecure()).isTrue();
    }

    @Test
    void isRemovedAsItWasSet() {
        SignInCookie.remove(request, response);

        assertThat(cookie().getMaxAge()).isZero();
        assertThat(cookie().getPath()).isEqualTo("/");
        assertThat(cookie().getValue()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "rgs_", "rgs_00000000000000000000000000000000000000"})
    void isNoneWhereItsFormIsWrong(String value) {
        request.setCookies(new Cookie(SignInCookie.NAME, value));

        assertThat(SignInCookie.read(request)).isEmpty();
    }

    private Cookie cookie() {
        return Objects.requireNonNull(response.getCookie(SignInCookie.NAME));
    }
}
