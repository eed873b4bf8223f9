package io.rateguard.standalone;

import io.rateguard.embedded.ClickHouseAccess;
import io.rateguard.embedded.EmbeddedClickHouse;
import io.rateguard.embedded.EmbeddedKafka;
import io.rateguard.embedded.EmbeddedPostgres;
import io.rateguard.embedded.EmbeddedRedis;
import io.rateguard.embedded.PostgresAccess;
import io.rateguard.embedded.Settings;
import io.rateguard.standalone.data.DataDir;
import io.rateguard.standalone.data.Secrets;
import io.rateguard.standalone.part.EmbeddedServer;
import io.rateguard.standalone.part.Part;
import io.rateguard.standalone.training.StartCaches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The servers that the services stand on: PostgreSQL, Redis, Kafka, and ClickHouse unless the environment names another.
 * Their addresses are known before they are started.
 */
final class Servers {

    private static final String CLICKHOUSE_URL = "RATEGUARD_CLICKHOUSE_URL";

    private final EmbeddedServer<EmbeddedPostgres> postgres;
    private final EmbeddedServer<EmbeddedRedis> redis;
    private final EmbeddedServer<EmbeddedKafka> kafka;
    private final @Nullable EmbeddedServer<EmbeddedClickHouse> clickhouse;
    private final DataDir data;
    private final Map<String, String> environment;

    Servers(DataDir data, Secrets secrets, StartCaches caches, Map<String, String> environment) {
        this.data = data;
        this.environment = environment;
        Settings usual = Settings.in(data.path());
        Settings settings = usual.withStopWithin(caches.within(usual.stopWithin()));
        Settings forPostgres = settings.withPassword(secrets.password("postgres"));
        Settings forRedis = settings.withPassword(secrets.password("redis"));
        Settings forKafka = settings.withJvmOptions(caches.options("kafka"));
        Settings forClickHouse =
                settings.withPassword(secrets.password("clickhouse")).withJvmOptions(caches.options("clickhouse"));
        postgres = new EmbeddedServer<>("postgres", EmbeddedPostgres.in(forPostgres));
        redis = new EmbeddedServer<>("redis", EmbeddedRedis.in(forRedis));
        kafka = new EmbeddedServer<>("kafka", EmbeddedKafka.in(forKafka));
        clickhouse = !environment.getOrDefault(CLICKHOUSE_URL, "").isBlank()
                ? null
                : new EmbeddedServer<>("clickhouse", EmbeddedClickHouse.in(forClickHouse));
    }

    EmbeddedServer<EmbeddedPostgres> postgres() {
        return postgres;
    }

    Part redis() {
        return redis;
    }

    /** The last to be ready. */
    Part kafka() {
        return kafka;
    }

    Optional<Part> clickhouse() {
        return Optional.ofNullable(clickhouse);
    }

    /** In the order in which they stop: whoever writes to another goes first. */
    List<Part> inStopOrder() {
        List<Part> parts = new ArrayList<>(List.of(kafka));
        if (clickhouse != null) {
            parts.add(clickhouse);
        }
        parts.add(redis);
        parts.add(postgres);
        return parts;
    }

    PostgresAccess superuser() {
        return postgres.server().access();
    }

    PostgresAccess database(String role, String password) {
        return new PostgresAccess(superuser().host(), superuser().port(), "rateguard", role, password);
    }

    String redisUrl() {
        return redis.server().access().url();
    }

    String kafkaBootstrap() {
        return kafka.server().access().bootstrapServers();
    }

    /** As the services take it. */
    Map<String, String> clickhouseSettings() {
        if (clickhouse == null) {
            return Map.of(
                    CLICKHOUSE_URL,
                    environment.getOrDefault(CLICKHOUSE_URL, ""),
                    "RATEGUARD_CLICKHOUSE_USER",
                    environment.getOrDefault("RATEGUARD_CLICKHOUSE_USER", "default"),
                    "RATEGUARD_CLICKHOUSE_PASSWORD",
                    environment.getOrDefault("RATEGUARD_CLICKHOUSE_PASSWORD", ""));
        }
        ClickHouseAccess access = clickhouse.server().access();
        return Map.of(
                CLICKHOUSE_URL,
                access.httpUrl() + "?compress=false",
                "RATEGUARD_CLICKHOUSE_USER",
                access.user(),
                "RATEGUARD_CLICKHOUSE_PASSWORD",
                access.password());
    }

    /** With user and password, as a client takes it that has nothing else. */
    String clickhouseUrl() {
        if (clickhouse == null) {
            return environment.getOrDefault(CLICKHOUSE_URL, "");
        }
        ClickHouseAccess access = clickhouse.server().access();
        return "http://%s:%s@%s:%s".formatted(access.user(), access.password(), access.host(), access.port());
    }

    /** What no upstream may be. */
    List<Integer> ports() {
        List<Integer> ports = new ArrayList<>();
        inStopOrder()
                .forEach(part -> ports.add(((EmbeddedServer<?>) part).server().port()));
        data.recall("kafka/controller-port").map(Integer::parseInt).ifPresent(ports::add);
        return ports;
    }
}
