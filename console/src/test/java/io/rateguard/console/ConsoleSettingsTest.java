package io.rateguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsoleSettingsTest {

    @Test
    void printsNoSecret() {
        ConsoleSettings settings = new ConsoleSettings(
                "http://127.0.0.1:3001",
                "http://proxy:3001",
                "",
                "the-secret-key",
                ConsoleSettings.SignUp.CLOSED,
                "redis://:redis-password@127.0.0.1:6379",
                new ConsoleSettings.ClickHouse("http://127.0.0.1:8123", "default", "history-password", "rateguard"),
                "api-events",
                "",
                "");

        assertThat(settings.toString())
                .contains("http://127.0.0.1:3001")
                .doesNotContain("the-secret-key", "redis-password", "history-password");
        assertThat(settings.clickHouse().toString()).doesNotContain("history-password");
    }
}
