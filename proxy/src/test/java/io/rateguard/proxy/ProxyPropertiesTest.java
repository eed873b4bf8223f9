package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.domain.net.AddressRange;
import io.rateguard.proxy.forward.ForwardSettings;
import io.rateguard.proxy.journal.Ack;
import io.rateguard.proxy.journal.WhenFull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

class ProxyPropertiesTest {

    private static final Map<String, Object> REQUIRED = Map.of(
            "RATEGUARD_POSTGRES_URL", "jdbc:postgresql://db/rateguard",
            "RATEGUARD_REDIS_URL", "redis://:redis-password@redis:6379",
            "RATEGUARD_KAFKA_BOOTSTRAP", "kafka:9092",
            "RATEGUARD_SECRET_KEY", "the-secret-key");

    @Test
    void hasADefaultForEverythingButAddressesAndTheKey() throws Exception {
        ProxySettings settings = bind(REQUIRED).settings();

        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.port()).isEqualTo(3001);
        assertThat(settings.managementHost()).isEqualTo("127.0.0.1");
        assertThat(settings.managementPort()).isEqualTo(3101);
        assertThat(settings.eventLoops()).isPositive();
        assertThat(settings.bodyCapBytes()).isEqualTo(32 << 20);
        assertThat(settings.bodiesBytes()).isEqualTo(256L << 20);
        assertThat(settings.unknownKeysPerMinute()).isEqualTo(600);
        assertThat(settings.drainTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.proxies()).isEqualTo(1);
        assertThat(settings.trustedProxies()).isEmpty();
        assertThat(settings.upstreamAllow()).isEmpty();
        assertThat(settings.policy().user()).isEqualTo("rateguard_proxy");
        assertThat(settings.policy().maxStale()).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.counters().deadline()).isEqualTo(Duration.ofMillis(50));
        assertThat(settings.forward()).isEqualTo(ForwardSettings.DEFAULT);
        assertThat(settings.eventsTopic()).isEqualTo("api-events");
        assertThat(settings.eventsPartitions()).isEqualTo(8);
    }

    @Test
    void waitsForKafkaWithoutLingering() throws Exception {
        Map<String, Object> awaited = new HashMap<>(REQUIRED);
        awaited.put("RATEGUARD_JOURNAL_ACK", "kafka");
        awaited.put("RATEGUARD_JOURNAL_ACK_TIMEOUT", "2s");

        ProxySettings settings = bind(awaited).settings();

        assertThat(settings.journal().ack()).isEqualTo(Ack.KAFKA);
        assertThat(settings.journal().ackTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.kafka()).containsEntry("linger.ms", 0);
        assertThat(bind(REQUIRED).settings().kafka()).doesNotContainKey("linger.ms");
    }

    @Test
    void takesEveryNameOfTheContract() throws Exception {
        Map<String, Object> all = new HashMap<>(REQUIRED);
        all.put("RATEGUARD_PROXY_HOST", "127.0.0.2");
        all.put("RATEGUARD_PROXY_PORT", "0");
        all.put("RATEGUARD_PROXY_EVENT_LOOPS", "3");
        all.put("RATEGUARD_DRAIN_TIMEOUT", "600s");
        all.put("RATEGUARD_JOURNAL_CAP", "3GB");
        all.put("RATEGUARD_JOURNAL_WHEN_FULL", "drop-oldest");
        all.put("RATEGUARD_MANAGEMENT_HOST", "127.0.0.3");
        all.put("RATEGUARD_MANAGEMENT_PORT", "0");
        all.put("RATEGUARD_POSTGRES_LISTEN_URL", "jdbc:postgresql://primary/rateguard");
        all.put("RATEGUARD_POSTGRES_USER", "u");
        all.put("RATEGUARD_POSTGRES_PASSWORD", "postgres-password");
        all.put("RATEGUARD_POLICY_MAX_STALE", "0s");
        all.put("RATEGUARD_REDIS_DEADLINE", "75ms");
        all.put("RATEGUARD_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", "jaas-password");
        all.put("RATEGUARD_EVENTS_PARTITIONS", "2");
        all.put("RATEGUARD_JOURNAL_DIRECTORY", "/j");
        all.put("RATEGUARD_PROXIES", "3");
        all.put("RATEGUARD_TRUSTED_PROXIES", "10.0.0.0/8, 192.168.1.1");
        all.put("RATEGUARD_UPSTREAM_ALLOW", "127.0.0.1:8080");
        all.put("RATEGUARD_UPSTREAM_DENY", "127.0.0.1:5432");

        ProxyProperties properties = bind(all);
        ProxySettings settings = properties.settings();

        assertThat(settings.host()).isEqualTo("127.0.0.2");
        assertThat(settings.port()).isZero();
        assertThat(settings.eventLoops()).isEqualTo(3);
        assertThat(settings.drainTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.managementHost()).isEqualTo("127.0.0.3");
        assertThat(settings.managementPort()).isZero();
        assertThat(settings.policy().listenUrl()).isEqualTo("jdbc:postgresql://primary/rateguard");
        assertThat(settings.policy().user()).isEqualTo("u");
        assertThat(settings.policy().password()).isEqualTo("postgres-password");
        assertThat(settings.policy().maxStale()).isZero();
        assertThat(settings.counters().deadline()).isEqualTo(Duration.ofMillis(75));
        assertThat(settings.kafka())
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("sasl.jaas.config", "jaas-password");
        assertThat(settings.eventsPartitions()).isEqualTo(2);
        assertThat(settings.journal().directory()).isEqualTo(Path.of("/j"));
        assertThat(settings.journal().capBytes()).isEqualTo(3L << 30);
        assertThat(settings.journal().whenFull()).isEqualTo(WhenFull.DROP_OLDEST);
        assertThat(settings.proxies()).isEqualTo(3);
        assertThat(settings.trustedProxies())
                .containsExactly(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("192.168.1.1"));
        assertThat(settings.upstreamAllow()).containsExactly(AddressRange.parse("127.0.0.1:8080"));
        assertThat(settings.upstreamDeny()).containsExactly(AddressRange.parse("127.0.0.1:5432"));
        assertThat(List.of(properties.toString(), settings.toString()))
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain("redis-password", "postgres-password", "jaas-password", "the-secret-key"));
    }

    @Test
    void namesWhatIsMissing() throws Exception {
        for (String name : REQUIRED.keySet()) {
            Map<String, Object> without = new HashMap<>(REQUIRED);
            without.remove(name);
            ProxyProperties properties = bind(without);

            assertThatThrownBy(properties::settings).hasMessageContaining(name + ": not set");
        }
    }

    private static ProxyProperties bind(Map<String, Object> environment) throws Exception {
        StandardEnvironment spring = new StandardEnvironment();
        spring.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        spring.getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml"))
                .forEach(spring.getPropertySources()::addLast);
        return Binder.get(spring).bindOrCreate("rateguard", ProxyProperties.class);
    }
}
