package io.rateguard.analytics.intake;

import io.rateguard.analytics.table.ClickHouseSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How to reach ClickHouse. */
@ConfigurationProperties("rateguard.clickhouse")
record StoreSettings(
        @DefaultValue("http://127.0.0.1:8123") String url,
        @DefaultValue("default") String user,
        @DefaultValue("") String password,
        @DefaultValue(ClickHouseSettings.DEFAULT_DATABASE) String database) {

    StoreSettings {
        new ClickHouseSettings(url, user, password, database);
    }

    ClickHouseSettings clickHouse() {
        return new ClickHouseSettings(url, user, password, database);
    }

    @Override
    public String toString() {
        return clickHouse().toString();
    }
}
