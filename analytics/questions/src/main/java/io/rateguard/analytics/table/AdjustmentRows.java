package io.rateguard.analytics.table;

import io.rateguard.domain.event.Adjustment;
import java.util.List;

/** Turns adjustments into rows of {@code adjustments}; the order of the columns here is the order of the writing below. */
public final class AdjustmentRows {

    private static final List<String> COLUMNS = List.of(
            "adjustment_id",
            "request_id",
            "workspace_id",
            "key_id",
            "key_name",
            "project",
            "customer",
            "tags",
            "api_id",
            "api",
            "endpoint",
            "model",
            "charged_at",
            "decision",
            "adjusted_at",
            "reason",
            "rerate_id",
            "author",
            "note",
            "cost_nanos",
            "price_version",
            "charges",
            "kafka_partition",
            "kafka_offset",
            "journal",
            "sequence");

    private final JsonRows rows = new JsonRows();
    private int rowCount;

    public AdjustmentRows add(Adjustment adjustment, Provenance provenance) {
        Adjustment.Reason reason = adjustment.reason();
        rows.beginRow().uuid(adjustment.id()).text(adjustment.request().value());
        EventColumns.caller(rows, adjustment.caller());
        rows.uuid(adjustment.api() == null ? null : adjustment.api().value())
                .text(adjustment.apiSlug())
                .text(adjustment.endpoint())
                .text(adjustment.model())
                .time(adjustment.chargedAtMillis())
                .text(adjustment.decision().wireName())
                .time(adjustment.adjustedAtMillis())
                .text(reason.rerate() == null ? "manual" : "rerate")
                .uuid(reason.rerate())
                .text(reason.author())
                .text(reason.note())
                .whole(adjustment.costNanos())
                .text(adjustment.priceVersion());
        EventColumns.charges(rows, adjustment.charges());
        EventColumns.provenance(rows, provenance);
        rows.endRow();
        rowCount++;
        return this;
    }

    public Block block() {
        return new Block("adjustments", COLUMNS, rows, rowCount);
    }
}
