package io.rateguard.bed;

import io.rateguard.embedded.ClickHouseAccess;
import java.util.HashMap;
import java.util.Map;

/** Where the services find everything, as their environment tells them. */
public record ServiceSettings(Database database, String redisUrl, String kafkaBootstrap) {

    /** Of a proxy whose upstreams are on loopback. */
    public Map<String, String> proxy() {
        Map<String, String> environment = postgres("rateguard_proxy");
        environment.put("RATEGUARD_PROXY_HOST", "127.0.0.1");
        environment.put("RATEGUARD_PROXY_PORT", "0");
        return environment;
    }

    public static Map<String, String> intake(String kafkaBootstrap, ClickHouseAccess clickhouse) {
        Map<String, String> environment = clickhouse(clickhouse);
        environment.put("RATEGUARD_KAFKA_BOOTSTRAP", kafkaBootstrap);
        return environment;
    }

    public Map<String, String> alerts(ClickHouseAccess clickhouse) {
        Map<String, String> environment = postgres("rateguard_alerts");
        environment.putAll(clickhouse(clickhouse));
        return environment;
    }

    private Map<String, String> postgres(String role) {
        return new HashMap<>(Map.of(
                "RATEGUARD_POSTGRES_URL",
                database.owner().jdbcUrl(),
                "RATEGUARD_POSTGRES_USER",
                role,
                "RATEGUARD_POSTGRES_PASSWORD",
                database.servicesPassword(),
                "RATEGUARD_SECRET_KEY",
                database.secretKey(),
                "RATEGUARD_REDIS_URL",
                redisUrl,
                "RATEGUARD_KAFKA_BOOTSTRAP",
                kafkaBootstrap,
                "RATEGUARD_UPSTREAM_ALLOW",
                "127.0.0.0/8"));
    }

    private static Map<String, String> clickhouse(ClickHouseAccess clickhouse) {
        return new HashMap<>(Map.of(
                "RATEGUARD_CLICKHOUSE_URL", clickhouse.httpUrl() + "?compress=false",
                "RATEGUARD_CLICKHOUSE_USER", clickhouse.user(),
                "RATEGUARD_CLICKHOUSE_PASSWORD", clickhouse.password()));
    }
}
