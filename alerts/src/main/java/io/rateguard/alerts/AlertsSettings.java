package io.rateguard.alerts;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.rateguard.domain.net.AddressRange;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the service stands on.
 *
 * @param secretKey opens what is secret of channels: 32 bytes in base 64
 * @param redisUrl the live counters
 * @param allow private addresses that webhooks may have, comma-separated
 * @param deny addresses that they may not have whatever else is allowed
 * @param consoleUrl where links lead to
 * @param lookEvery how often the live counters are looked at for crossings that nobody told of
 */
@ConfigurationProperties("rateguard.alerts")
public record AlertsSettings(
        String postgresUrl,
        String postgresUser,
        String postgresPassword,
        String secretKey,
        String redisUrl,
        String allow,
        String deny,
        String consoleUrl,
        Duration lookEvery) {

    private static final int CONNECTIONS = 6;
    private static final long CONNECT_MILLIS = 5_000;

    public AlertsSettings {
        if (lookEvery.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "rateguard.alerts.look-every: " + lookEvery + " (expected: 1 ms or more)");
        }
    }

    HikariDataSource dataSource() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgresUrl);
        config.setUsername(postgresUser);
        config.setPassword(postgresPassword);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setPoolName("alerts");
        return new HikariDataSource(config);
    }

    List<AddressRange> upstreamAllow() {
        return ranges(allow);
    }

    List<AddressRange> upstreamDeny() {
        return ranges(deny);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "AlertsSettings[postgresUrl=" + postgresUrl + ", consoleUrl=" + consoleUrl + ", lookEvery=" + lookEvery
                + "]";
    }

    private static List<AddressRange> ranges(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .map(AddressRange::parse)
                .toList();
    }
}
