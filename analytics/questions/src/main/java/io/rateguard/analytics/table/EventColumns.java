package io.rateguard.analytics.table;

import io.rateguard.domain.event.RequestEvent.Caller;
import io.rateguard.domain.event.RequestEvent.Charge;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The columns that requests and adjustments share. */
final class EventColumns {

    private EventColumns() {}

    static void caller(JsonRows rows, Caller caller) {
        rows.uuid(caller.workspace().value())
                .uuid(caller.key() == null ? null : caller.key().value())
                .text(caller.keyName())
                .text(caller.project())
                .text(caller.customer());
        Map<String, String> sorted = new TreeMap<>(caller.tags());
        rows.beginObject();
        sorted.forEach((name, value) -> rows.field(name).text(value));
        rows.endObject();
    }

    static void charges(JsonRows rows, List<Charge> charges) {
        rows.beginArray();
        for (Charge charge : charges) {
            rows.beginObject()
                    .field("budget_id")
                    .uuid(charge.budget().value())
                    .field("window")
                    .text(charge.window())
                    .field("window_start_millis")
                    .whole(charge.windowStartMillis())
                    .field("window_end_millis")
                    .whole(charge.windowEndMillis())
                    .field("held_nanos")
                    .whole(charge.heldNanos())
                    .field("charged_nanos")
                    .whole(charge.chargedNanos())
                    .endObject();
        }
        rows.endArray();
    }

    static void provenance(JsonRows rows, Provenance provenance) {
        rows.whole(provenance.partition())
                .whole(provenance.offset())
                .uuid(provenance.journal())
                .whole(provenance.sequence());
    }
}
