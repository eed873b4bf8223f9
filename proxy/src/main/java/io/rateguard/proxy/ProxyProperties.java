package io.rateguard.proxy;

import io.rateguard.counters.CountersSettings;
import io.rateguard.domain.net.AddressRange;
import io.rateguard.proxy.forward.ForwardSettings;
import io.rateguard.proxy.journal.Ack;
import io.rateguard.proxy.journal.JournalSettings;
import io.rateguard.proxy.journal.WhenFull;
import io.rateguard.proxy.policy.PolicySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/** The settings of the proxy as the environment gives them; {@code application.yaml} maps the names of the contract. */
@ConfigurationProperties("rateguard")
record ProxyProperties(
        @DefaultValue Listen proxy,
        @DefaultValue Management management,
        @DefaultValue Postgres postgres,
        @DefaultValue Redis redis,
        @DefaultValue Kafka kafka,
        @DefaultValue Journal journal,
        @DefaultValue("") String secretKey,
        @DefaultValue("1") int proxies,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue List<String> upstreamAllow,
        @DefaultValue List<String> upstreamDeny) {

    /** @param eventLoops 0 for one per core */
    record Listen(
            @DefaultValue("0.0.0.0") String host,
            @DefaultValue("3001") int port,
            @DefaultValue("0") int eventLoops,
            @DefaultValue("32MB") DataSize bodyCap,
            @DefaultValue("256MB") DataSize bodies,
            @DefaultValue("600") int unknownKeysPerMinute,
            @DefaultValue("10s") Duration slowAfter,
            @DefaultValue("10s") Duration drainTimeout,
            @Nullable Path portFile) {}

    record Management(
            @DefaultValue("127.0.0.1") String host,
            @DefaultValue("3101") int port,
            @Nullable Path portFile) {}

    record Postgres(
            @DefaultValue("") String url,
            @Nullable String listenUrl,
            @DefaultValue("rateguard_proxy") String user,
            @DefaultValue("") String password,
            @DefaultValue("15m") Duration maxStale,
            @DefaultValue("100000") int cachedKeys) {

        @Override
        public String toString() {
            return "Postgres[user=" + user + "]";
        }
    }

    record Redis(
            @DefaultValue("") String url,
            @DefaultValue("50ms") Duration deadline,
            @DefaultValue("1s") Duration admissionWait) {

        @Override
        public String toString() {
            return "Redis[deadline=" + deadline + ", admissionWait=" + admissionWait + "]";
        }
    }

    record Kafka(
            @DefaultValue("") String bootstrap,
            @DefaultValue Map<String, String> properties,
            @DefaultValue("api-events") String topic,
            @DefaultValue("8") int partitions) {

        @Override
        public String toString() {
            return "Kafka[bootstrap=" + bootstrap + ", topic=" + topic + ", partitions=" + partitions + "]";
        }
    }

    record Journal(
            @DefaultValue("journal") Path directory,
            @DefaultValue("8MB") DataSize segment,
            @DefaultValue("1GB") DataSize cap,
            @DefaultValue("refuse") WhenFull whenFull,
            @DefaultValue("local") Ack ack,
            @DefaultValue("5s") Duration ackTimeout,
            @DefaultValue("5s") Duration closeTimeout) {}

    /** Without secrets, wherever they may stand. */
    @Override
    public String toString() {
        return "ProxyProperties[" + proxy + ", " + management + ", " + postgres + ", " + redis + ", " + kafka + ", "
                + journal + "]";
    }

    ProxySettings settings() {
        int loops = proxy.eventLoops() > 0
                ? proxy.eventLoops()
                : Runtime.getRuntime().availableProcessors();
        CountersSettings redisDefaults = CountersSettings.of(required("RATEGUARD_REDIS_URL", redis.url()));
        return new ProxySettings(
                proxy.host(),
                proxy.port(),
                management.host(),
                management.port(),
                loops,
                (int) proxy.bodyCap().toBytes(),
                proxy.bodies().toBytes(),
                proxy.unknownKeysPerMinute(),
                positive("RATEGUARD_SLOW_AFTER", proxy.slowAfter()),
                proxy.drainTimeout(),
                atLeastOne("RATEGUARD_PROXIES", proxies),
                ranges(trustedProxies),
                ranges(upstreamAllow),
                ranges(upstreamDeny),
                new PolicySettings(
                        required("RATEGUARD_POSTGRES_URL", postgres.url()),
                        postgres.listenUrl(),
                        postgres.user(),
                        postgres.password(),
                        required("RATEGUARD_SECRET_KEY", secretKey),
                        postgres.maxStale(),
                        postgres.cachedKeys()),
                new CountersSettings(
                        redisDefaults.url(),
                        redis.deadline(),
                        redisDefaults.inFlight(),
                        redis.admissionWait(),
                        redisDefaults.holdLife()),
                new JournalSettings(
                        journal.directory(),
                        loops,
                        journal.segment().toBytes(),
                        journal.cap().toBytes(),
                        journal.whenFull(),
                        journal.ack(),
                        journal.ackTimeout(),
                        journal.closeTimeout()),
                ForwardSettings.DEFAULT,
                producer(),
                kafka.topic(),
                kafka.partitions());
    }

    /** Writes the ports that were chosen to the files that were asked for. */
    void tellPorts(Proxy running) {
        tell(proxy.portFile(), running.port());
        tell(management.portFile(), running.managementPort());
    }

    private Map<String, Object> producer() {
        Map<String, Object> properties = new HashMap<>(kafka.properties());
        properties.put("bootstrap.servers", required("RATEGUARD_KAFKA_BOOTSTRAP", kafka.bootstrap()));
        if (journal.ack() == Ack.KAFKA) {
            properties.putIfAbsent("linger.ms", 0);
        }
        return properties;
    }

    private static void tell(@Nullable Path file, int port) {
        if (file != null) {
            try {
                Files.writeString(file, Integer.toString(port));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private static List<AddressRange> ranges(List<String> texts) {
        return texts.stream()
                .filter(text -> !text.isBlank())
                .map(text -> AddressRange.parse(text.strip()))
                .toList();
    }

    private static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
        return value;
    }

    private static Duration positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than 0)");
        }
        return value;
    }

    private static String required(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + ": not set (expected: see deploy/settings)");
        }
        return value;
    }
}
