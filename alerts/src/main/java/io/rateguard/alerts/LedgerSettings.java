package io.rateguard.alerts;

import io.rateguard.analytics.table.ClickHouseSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Where the events are that budgets are counted anew from, when Redis has lost what it counted. */
@ConfigurationProperties("rateguard.clickhouse")
public record LedgerSettings(String url, String user, String password, String database) {

    ClickHouseSettings clickHouse() {
        return new ClickHouseSettings(url, user, password, database);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "LedgerSettings[" + clickHouse() + "]";
    }
}
