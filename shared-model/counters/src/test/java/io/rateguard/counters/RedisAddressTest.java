package io.rateguard.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisAddressTest {

    @Test
    void readsUserPasswordPortAndDatabase() {
        assertThat(RedisAddress.of("rediss://app:p%40ss+w%3Ard@redis.example:6390/2"))
                .isEqualTo(new RedisAddress("rediss://redis.example:6390", "app", "p@ss+w:rd", 2));
    }

    @Test
    void needsNeitherUserNorPasswordNorPort() {
        assertThat(RedisAddress.of("redis://localhost"))
                .isEqualTo(new RedisAddress("redis://localhost:6379", null, null, 0));
        assertThat(RedisAddress.of("redis://:secret@localhost:1"))
                .isEqualTo(new RedisAddress("redis://localhost:1", null, "secret", 0));
    }

    @Test
    void neverPrintsThePassword() {
        assertThat(RedisAddress.of("redis://app:secret@localhost")).asString().doesNotContain("secret");
        assertThat(CountersSettings.of("redis://app:secret@localhost"))
                .asString()
                .doesNotContain("secret");
        assertThatThrownBy(() -> CountersSettings.of("http://app:secret@localhost"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http")
                .hasMessageNotContaining("secret");
    }

    @Test
    void settingsHaveTheirDefaults() {
        assertThat(CountersSettings.of("redis://localhost"))
                .isEqualTo(new CountersSettings(
                        "redis://localhost", Duration.ofMillis(50), 64, Duration.ofSeconds(1), Duration.ofSeconds(60)));
    }
}
