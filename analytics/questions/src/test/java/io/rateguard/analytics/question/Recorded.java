package io.rateguard.analytics.question;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.ClickHouseSettings;
import io.rateguard.analytics.table.Provenance;
import io.rateguard.analytics.table.RequestRows;
import io.rateguard.analytics.table.Schema;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.embedded.ClickHouseAccess;
import io.rateguard.embedded.fixture.Services;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A database of its own with sample events in it, inserted in several blocks, and the same events to compare with. */
record Recorded(ClickHouseSettings settings, ClickHouse clickHouse, SampleEvents samples, List<RequestEvent> events) {

    static final UUID JOURNAL = new UUID(1, 2);

    private static final int BLOCKS = 5;

    static Recorded of(long seed, int workspaces, int count) {
        ClickHouseAccess access = Services.clickhouse().freshDatabase();
        ClickHouseSettings settings = new ClickHouseSettings(
                access.httpUrl() + "?compress=false", access.user(), access.password(), access.database());
        Schema.apply(settings);
        ClickHouse clickHouse = ClickHouse.open(settings);
        SampleEvents samples = new SampleEvents(new Random(seed), workspaces);
        List<RequestEvent> events = samples.take(count);
        int size = count / BLOCKS;
        for (int block = 0; block < BLOCKS; block++) {
            insert(clickHouse, events.subList(block * size, (block + 1) * size), "block:" + block);
        }
        return new Recorded(settings, clickHouse, samples, events.subList(0, BLOCKS * size));
    }

    static void insert(ClickHouse clickHouse, List<RequestEvent> events, String token) {
        insert(clickHouse, events, JOURNAL, token);
    }

    static void insert(ClickHouse clickHouse, List<RequestEvent> events, UUID journal, String token) {
        RequestRows rows = new RequestRows();
        for (int i = 0; i < events.size(); i++) {
            rows.add(events.get(i), new Provenance(0, i, journal, i));
        }
        clickHouse.insert(rows.block(), token);
    }
}
