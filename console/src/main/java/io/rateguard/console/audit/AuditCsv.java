package io.rateguard.console.audit;

import io.rateguard.console.audit.Audit.Entry;
import io.rateguard.console.csv.CsvWriter;
import org.jspecify.annotations.Nullable;

/** Entries as records of an export; what there was before and afterwards is JSON, without secrets as everywhere. */
final class AuditCsv {

    private AuditCsv() {}

    static void columns(CsvWriter csv) {
        csv.names(
                        "id",
                        "time",
                        "actor_type",
                        "actor_id",
                        "actor",
                        "address",
                        "action",
                        "resource",
                        "resource_id",
                        "name",
                        "before",
                        "after")
                .end();
    }

    static void record(CsvWriter csv, Entry entry) {
        csv.raw(entry.id().toString())
                .raw(entry.time().toString())
                .raw(entry.actor().type())
                .text(text(entry.actor().id()))
                .text(entry.actor().name())
                .text(entry.address())
                .raw(entry.action())
                .raw(entry.resource())
                .raw(entry.resourceId().toString())
                .text(entry.name())
                .text(text(entry.before()))
                .text(text(entry.after()))
                .end();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
