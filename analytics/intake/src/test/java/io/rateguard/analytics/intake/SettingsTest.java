package io.rateguard.analytics.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

class SettingsTest {

    @Test
    void haveDefaults() {
        assertThat(bind("rateguard.kafka", KafkaSettings.class, Map.of()))
                .isEqualTo(new KafkaSettings("127.0.0.1:9092", Map.of()));
        assertThat(bind("rateguard.events", EventsSettings.class, Map.of()))
                .isEqualTo(new EventsSettings("api-events", 8, "rateguard-intake", Duration.ofDays(14)));
        assertThat(bind("rateguard.clickhouse", StoreSettings.class, Map.of()))
                .isEqualTo(new StoreSettings("http://127.0.0.1:8123", "default", "", "rateguard"));
        assertThat(bind("rateguard.intake", BlockSettings.class, Map.of()))
                .isEqualTo(new BlockSettings(20_000, DataSize.ofMegabytes(8), Duration.ofMillis(300), 2));
        assertThat(bind("rateguard.management", ManagementSettings.class, Map.of()))
                .isEqualTo(new ManagementSettings("127.0.0.1", 3103, ""));
    }

    @Test
    void areReadFromTheEnvironment() {
        assertThat(bind(
                        "rateguard.kafka",
                        KafkaSettings.class,
                        Map.of(
                                "RATEGUARD_KAFKA_BOOTSTRAP",
                                "k:1",
                                "RATEGUARD_KAFKA_PROPERTIES_SECURITY_PROTOCOL",
                                "SSL")))
                .isEqualTo(new KafkaSettings("k:1", Map.of("security.protocol", "SSL")));
        assertThat(bind(
                        "rateguard.events",
                        EventsSettings.class,
                        Map.of(
                                "RATEGUARD_EVENTS_TOPIC", "t",
                                "RATEGUARD_EVENTS_PARTITIONS", "3",
                                "RATEGUARD_EVENTS_GROUP", "g",
                                "RATEGUARD_EVENTS_DEADRETENTION", "30d")))
                .isEqualTo(new EventsSettings("t", 3, "g", Duration.ofDays(30)));
        assertThat(bind(
                        "rateguard.clickhouse",
                        StoreSettings.class,
                        Map.of(
                                "RATEGUARD_CLICKHOUSE_URL", "https://c",
                                "RATEGUARD_CLICKHOUSE_USER", "u",
                                "RATEGUARD_CLICKHOUSE_PASSWORD", "p",
                                "RATEGUARD_CLICKHOUSE_DATABASE", "d")))
                .isEqualTo(new StoreSettings("https://c", "u", "p", "d"));
        assertThat(bind("rateguard.intake", BlockSettings.class, Map.of("RATEGUARD_INTAKE_INSERTSATONCE", "5"))
                        .insertsAtOnce())
                .isEqualTo(5);
    }

    @Test
    void nameWhatIsWrong() {
        assertThatThrownBy(() -> new EventsSettings("t", 0, "g", Duration.ofDays(14)))
                .hasMessage("rateguard.events.partitions: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> new EventsSettings("t", 1, "g", Duration.ofHours(23)))
                .hasMessage("rateguard.events.dead-retention: PT23H (expected: 1d or more)");
        assertThatThrownBy(() -> new ManagementSettings("127.0.0.1", 70_000, ""))
                .hasMessage("rateguard.management.port: 70000 (expected: 0 to 65535)");
        assertThatThrownBy(() -> new BlockSettings(1, DataSize.ofBytes(1), Duration.ZERO, 9))
                .hasMessage("rateguard.intake.inserts-at-once: 9 (expected: 1 to 8)");
    }

    @Test
    void tellHowLongAConsumerMayBeSilent() {
        assertThat(longestSilence(Map.of())).isEqualTo(Duration.ofSeconds(10));
        assertThat(longestSilence(Map.of("session.timeout.ms", "20000"))).isEqualTo(Duration.ofSeconds(20));
        assertThat(longestSilence(Map.of("max.poll.interval.ms", "1500"))).isEqualTo(Duration.ofMillis(1500));
    }

    private static Duration longestSilence(Map<String, String> set) {
        EventsSettings events = new EventsSettings("t", 1, "g", Duration.ofDays(14));
        return KafkaProperties.longestSilence(KafkaProperties.consumer(new KafkaSettings("k:1", set), events));
    }

    @Test
    void neverPrintSecrets() {
        assertThat(new KafkaSettings("k", Map.of("sasl.jaas.config", "hidden")).toString())
                .doesNotContain("hidden");
        assertThat(new StoreSettings("http://c", "u", "hidden", "d").toString()).doesNotContain("hidden");
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the source wants a map to Object and only reads it
    private static <T> T bind(String prefix, Class<T> type, Map<String, String> environment) {
        SystemEnvironmentPropertySource source =
                new SystemEnvironmentPropertySource("systemEnvironment", (Map) environment);
        return new Binder(ConfigurationPropertySources.from(source)).bindOrCreate(prefix, type);
    }
}
