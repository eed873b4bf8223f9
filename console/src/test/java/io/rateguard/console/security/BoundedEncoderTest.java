package io.rateguard.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.crypto.password.PasswordEncoder;

class BoundedEncoderTest {

    private final CountDownLatch hashing = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final BoundedEncoder encoder = new BoundedEncoder(new Slow(), 1, Duration.ofMillis(1));

    @Test
    void turnsAwayWhomItCannotServeInTimeAndGoesOnAfterwards() throws InterruptedException {
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> encoder.matches("slow", "hash"));
        hashing.await();

        assertThatThrownBy(() -> encoder.matches("quick", "hash")).isInstanceOf(AuthenticationServiceException.class);
        assertThatThrownBy(() -> encoder.encode("quick")).isInstanceOf(AuthenticationServiceException.class);

        goOn.countDown();
        assertThat(first.join()).isTrue();
        assertThat(encoder.encode("quick")).isEqualTo("quick");
    }

    private final class Slow implements PasswordEncoder {

        @Override
        public String encode(CharSequence password) {
            return password.toString();
        }

        @Override
        public boolean matches(CharSequence password, String hash) {
            if (password.equals("slow")) {
                hashing.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
            }
            return true;
        }
    }
}
