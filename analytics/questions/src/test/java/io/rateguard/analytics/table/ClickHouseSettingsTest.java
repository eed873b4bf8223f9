package io.rateguard.analytics.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClickHouseSettingsTest {

    @Test
    void knowsTheUsualPortsAndAsksForCompressedReplies() {
        assertThat(settings("http://host").endpoint()).isEqualTo("http://host:8123");
        assertThat(settings("https://host/").endpoint()).isEqualTo("https://host:8443/");
        assertThat(settings("http://host:1").compressesReplies()).isTrue();
        assertThat(settings("http://host:1?a=b&compress=false").compressesReplies())
                .isFalse();
    }

    @Test
    void neverPrintsThePassword() {
        assertThat(settings("http://host").toString()).doesNotContain("secret-word");
    }

    @Test
    void namesWhatIsWrong() {
        assertThatThrownBy(() -> settings("host:8123"))
                .hasMessage("ClickHouse URL: host:8123 (expected: http(s)://host:port)");
        assertThatThrownBy(() -> settings("http://host").withDatabase("a; DROP"))
                .hasMessage("ClickHouse database: \"a; DROP\" (expected: letters, digits and underscores)");
    }

    private static ClickHouseSettings settings(String url) {
        return new ClickHouseSettings(url, "default", "secret-word", "rateguard");
    }
}
