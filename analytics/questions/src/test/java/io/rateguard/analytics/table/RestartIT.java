package io.rateguard.analytics.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.embedded.ClickHouseAccess;
import io.rateguard.embedded.EmbeddedClickHouse;
import io.rateguard.embedded.fixture.Services;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("isClickHouseOurs")
class RestartIT {

    static boolean isClickHouseOurs() {
        return Services.clickhouse().embedded().isPresent();
    }

    /** A view that is altered is another one to a server that starts again: what it had inserted counts a second time. */
    @Test
    void aBlockThatIsRepeatedAfterARestartCountsOnceInEveryTable() {
        EmbeddedClickHouse server = Services.clickhouse().embedded().orElseThrow();
        ClickHouseAccess access = Services.clickhouse().freshDatabase();
        ClickHouseSettings settings = new ClickHouseSettings(
                access.httpUrl() + "?compress=false", access.user(), access.password(), access.database());
        Schema.apply(settings);
        try (ClickHouse database = ClickHouse.open(settings)) {
            insert(database);
            Map<String, String> once = sums(database);
            assertThat(once).hasSameSizeAs(Removal.tables());

            server.stop();
            server.start();
            insert(database);

            assertThat(sums(database)).isEqualTo(once);
        } finally {
            server.start();
        }
    }

    private static void insert(ClickHouse database) {
        RequestEvent event = Samples.event(1);
        Adjustment adjustment = Adjustment.of(
                event,
                new UUID(0, 5),
                event.times().chargedAtMillis() + 1,
                new Adjustment.Reason(null, "ada@example.com", null),
                -30,
                null,
                List.of());
        database.insert(new RequestRows().add(event, Samples.at(1)).block(), "requests");
        database.insert(new AdjustmentRows().add(adjustment, Samples.at(2)).block(), "adjustments");
    }

    /** By table. */
    private static Map<String, String> sums(ClickHouse database) {
        Map<String, String> sums = new TreeMap<>();
        for (String table : Removal.tables()) {
            String amount = table.equals("budget_charges") ? "charged_nanos" : "cost_nanos";
            String counted = List.of("requests", "adjustments").contains(table) ? "count()" : "sum(requests)";
            sums.put(
                    table,
                    database.ask(
                                    "SELECT concat(toString(" + counted + "), ' ', toString(sum(" + amount
                                            + "))) AS told FROM " + table + " FORMAT JSONEachRow",
                                    Map.of())
                            .getFirst()
                            .required("told")
                            .asString());
        }
        return sums;
    }
}
