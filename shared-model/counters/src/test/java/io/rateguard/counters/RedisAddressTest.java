package io.rateguard.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

    @Test
    void readsUserPasswordPortAndDatabase() {
        assertThat(RedisAddress.of("rediss://app:p%40ss+w%3Ard@redis.example:6390/2"))
                .isEqualTo(new RedisAddress(List.of("rediss://redis.example:6390"), "app", "p@ss+w:rd", 2, false));
    }

    @Test
    void needsNeitherUserNorPasswordNorPort() {
        assertThat(RedisAddress.of("redis://localhost"))
                .isEqualTo(new RedisAddress(List.of("redis://localhost:6379"), null, null, 0, false));
        assertThat(RedisAddress.of("redis://:secret@localhost:1"))
                .isEqualTo(new RedisAddress(List.of("redis://localhost:1"), null, "secret", 0, false));
    }

    @Test
    void readsSomeNodesOfACluster() {
        assertThat(RedisAddress.of("redis+cluster://app:secret@a.example:7001,b.example,[::1]:7003"))
                .isEqualTo(new RedisAddress(
                        List.of("redis://a.example:7001", "redis://b.example:6379", "redis://[::1]:7003"),
                        "app",
                        "secret",
                        0,
                        true));
        assertThat(RedisAddress.of("rediss+cluster://a.example").servers()).containsExactly("rediss://a.example:6379");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://app:secret@a,b",
                "redis+cluster://app:secret@a/1",
                "redis+ring://app:secret@a",
                "redis://app:secret@",
                "redis://app:secret@a:port",
                "secret@a"
            })
    void saysWhatWasExpectedWithoutThePassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisAddress.of(url))
                .withMessageContaining("(expected: ")
                .withMessageNotContaining("secret");
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
