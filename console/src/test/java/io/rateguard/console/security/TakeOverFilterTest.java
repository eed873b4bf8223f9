package io.rateguard.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.key.Secret;
import jakarta.servlet.http.Cookie;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import tools.jackson.databind.json.JsonMapper;

/** While the database does not answer. */
class TakeOverFilterTest {

    private final TakeOverFilter filter = new TakeOverFilter(sessions(), Clock.systemUTC());
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/w/acme/costs");
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final MockFilterChain chain = new MockFilterChain();

    @Test
    void keepsWhoMayBeSignedInFromTheSignInPage() throws Exception {
        request.setCookies(new Cookie(
                SignInCookie.NAME,
                Secret.create(Secret.Kind.SESSION, new SecureRandom()).reveal()));

        filter.doFilter(request, response, chain);

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("5");
        assertThat(response.getContentAsString()).contains("does not answer");
        assertThat(response.getCookie(SignInCookie.NAME)).isNull();
        assertThat(chain.getRequest()).isNull();
    }

    @Test
    void asksItAboutNothingThatAnybodyCanMakeUp() throws Exception {
        request.setCookies(new Cookie(SignInCookie.NAME, "rgs_made-up"));

        filter.doFilter(request, response, chain);

        assertThat(chain.getRequest()).isNotNull();
        assertThat(response.getCookie(SignInCookie.NAME))
                .isNotNull()
                .extracting(Cookie::getMaxAge)
                .isEqualTo(0);
    }

    private static Sessions sessions() {
        CurrentCaller callers = new CurrentCaller();
        JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource());
        Tenancy tenancy = new Tenancy(new Away(), jdbc, new Actor(callers, JsonMapper.shared()));
        return new Sessions(tenancy, callers, new Accounts(tenancy, new NoUsers()), jdbc, Duration.ofHours(8));
    }

    private static final class Away implements PlatformTransactionManager {

        @Override
        public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
            throw new CannotCreateTransactionException("away");
        }

        @Override
        public void commit(TransactionStatus status) {}

        @Override
        public void rollback(TransactionStatus status) {}
    }

    private static final class NoUsers implements UserRepository {

        @Override
        public Optional<UserEntity> findById(UUID id) {
            return Optional.empty();
        }

        @Override
        public Optional<UserEntity> findByEmail(String email) {
            return Optional.empty();
        }
    }
}
