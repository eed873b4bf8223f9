package io.rateguard.analytics.table;

import io.rateguard.domain.event.PartitionChoice;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How far the intake is, by partition: what tells since when figures are stale. */
public final class IntakeProgress {

    private static final List<String> COLUMNS = List.of("topic", "partition", "upto_offset", "reached_at");
    private static final String NEWEST = """
            SELECT partition, max(upto_offset) AS newest_offset,
                toUnixTimestamp64Milli(max(reached_at)) AS reached_millis
            FROM intake_progress
            WHERE topic = {topic:String}
            GROUP BY partition
            ORDER BY partition
            SETTINGS output_format_json_quote_64bit_integers = 0
            FORMAT JSONEachRow
            """;

    private final ClickHouse clickHouse;
    private final String topic;

    public IntakeProgress(ClickHouse clickHouse, String topic) {
        this.clickHouse = clickHouse;
        this.topic = topic;
    }

    /**
     * Where a partition stands.
     *
     * @param uptoOffset what is before it is in the tables, or among the dead letters
     * @param at everything that was sent before this instant is, too
     */
    public record Reached(int partition, long uptoOffset, Instant at) {}

    /** In the order of the partitions; one that was never taken in from is left out. */
    public List<Reached> ask() {
        return clickHouse.ask(NEWEST, Map.of("topic", topic)).stream()
                .map(IntakeProgress::reached)
                .toList();
    }

    /** Where the partition of a workspace stands; none as long as nothing was taken in. */
    public Optional<Reached> of(WorkspaceId workspace) {
        List<Reached> all = ask();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        int own = PartitionChoice.of(workspace, all.getLast().partition() + 1);
        return all.stream().filter(each -> each.partition() == own).findFirst();
    }

    /** An older one than is known changes nothing. */
    public void save(Collection<Reached> partitions, String token) {
        JsonRows rows = new JsonRows();
        for (Reached each : partitions) {
            rows.beginRow()
                    .text(topic)
                    .whole(each.partition())
                    .whole(each.uptoOffset())
                    .time(each.at().toEpochMilli())
                    .endRow();
        }
        if (!partitions.isEmpty()) {
            clickHouse.insert(new Block("intake_progress", COLUMNS, rows, partitions.size()), token);
        }
    }

    /** Forgets the partitions that a topic of so many does not have: it was made anew with fewer. */
    public void keepBelow(int partitions) {
        if (ask().stream().anyMatch(each -> each.partition() >= partitions)) {
            clickHouse.execute("ALTER TABLE intake_progress DELETE WHERE topic = '" + topic + "' AND partition >= "
                    + partitions + " SETTINGS mutations_sync = 1");
        }
    }

    private static Reached reached(JsonNode row) {
        return new Reached(
                row.required("partition").intValue(),
                row.required("newest_offset").longValue(),
                Instant.ofEpochMilli(row.required("reached_millis").longValue()));
    }
}
