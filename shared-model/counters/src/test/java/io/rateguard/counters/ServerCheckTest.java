package io.rateguard.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServerCheckTest {

    private final RedisAddress address = RedisAddress.of("redis://localhost");

    @Test
    void refusesAnOldServerByNameAndVersion() {
        assertThatThrownBy(() -> ServerCheck.requireVersion("6.2.14", address))
                .hasMessage("Redis at redis://localhost:6379 is version 6.2.14 (expected: 7 or newer)");
    }

    @Test
    void takesANewServerAndOneThatDoesNotTell() {
        assertThatCode(() -> {
                    ServerCheck.requireVersion("7.0.15", address);
                    ServerCheck.requireVersion("10.1", address);
                    ServerCheck.requireVersion("", address);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void warnsOfAServerThatForgetsKeys() {
        assertThat(ServerCheck.warnOfEviction("allkeys-lru", address)).isTrue();
        assertThat(ServerCheck.warnOfEviction("noeviction", address)).isFalse();
        assertThat(ServerCheck.warnOfEviction("", address)).isFalse();
    }
}
