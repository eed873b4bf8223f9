package io.rateguard.analytics.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.embedded.ClickHouseAccess;
import io.rateguard.embedded.fixture.Services;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ClickHouseIT {

    private static final ClickHouseAccess ACCESS = Services.clickhouse().freshDatabase();
    private static final ClickHouse CLICKHOUSE = ClickHouse.open(new ClickHouseSettings(
            ACCESS.httpUrl() + "?compress=false", ACCESS.user(), ACCESS.password(), ACCESS.database()));

    @AfterAll
    static void close() {
        CLICKHOUSE.close();
    }

    @Test
    void aQuestionEndsWhenNobodyWaitsForItsAnswer() {
        assertThat(CLICKHOUSE
                        .ask(
                                "SELECT getSetting('max_execution_time') AS seconds, getSetting('readonly') AS reads,"
                                        + " getSetting('cancel_http_readonly_queries_on_client_close') AS cancels"
                                        + " SETTINGS output_format_json_quote_64bit_integers = 0 FORMAT JSONEachRow",
                                Map.of())
                        .getFirst())
                .hasToString("{\"seconds\":600,\"reads\":2,\"cancels\":true}");
    }
}
