package io.rateguard.analytics.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The marks of the partitions of one topic. */
public final class Marks {

    private static final List<String> COLUMNS =
            List.of("topic", "partition", "journal", "slot", "upto_offset", "sequence");
    private static final String NEWEST = """
            SELECT journal, argMax(slot, upto_offset) AS slot_of_newest, max(upto_offset) AS newest_offset,
                argMax(sequence, upto_offset) AS newest_sequence
            FROM marks
            WHERE topic = {topic:String} AND partition = {partition:Int32} AND upto_offset <= {upto:Int64}
            GROUP BY journal
            SETTINGS output_format_json_quote_64bit_integers = 0
            FORMAT JSONEachRow
            """;

    private static final String REACHES = """
            SELECT partition, max(upto_offset) AS reach
            FROM marks
            WHERE topic = {topic:String}
            GROUP BY partition
            SETTINGS output_format_json_quote_64bit_integers = 0
            FORMAT JSONEachRow
            """;
    private static final String REACH = """
            SELECT max(upto_offset) AS reach
            FROM marks
            WHERE topic = {topic:String} AND partition = {partition:Int32}
            SETTINGS output_format_json_quote_64bit_integers = 0
            FORMAT JSONEachRow
            """;
    // What was inserted and not marked any more is behind all marks.
    private static final String ALL = """
            SELECT journal, argMax(slot, upto_offset) AS slot_of_newest, max(upto_offset) AS newest_offset,
                max(sequence) AS newest_sequence
            FROM
            (
                SELECT journal, slot, upto_offset, sequence
                FROM marks
                WHERE topic = {topic:String} AND partition = {partition:Int32}
                UNION ALL
                SELECT journal, toUInt8(1) AS slot, toInt64(0) AS upto_offset, max(sequence) AS sequence
                FROM
                (
                    SELECT journal, sequence, kafka_partition, kafka_offset FROM requests
                    UNION ALL
                    SELECT journal, sequence, kafka_partition, kafka_offset FROM adjustments
                )
                WHERE kafka_partition = {partition:Int32} AND kafka_offset >= {reach:Int64}
                GROUP BY journal
            )
            GROUP BY journal
            SETTINGS output_format_json_quote_64bit_integers = 0
            FORMAT JSONEachRow
            """;

    private final ClickHouse clickHouse;
    private final String topic;

    public Marks(ClickHouse clickHouse, String topic) {
        this.clickHouse = clickHouse;
        this.topic = topic;
    }

    /** By journal, the newest mark that counts for a block that starts at the offset. */
    public Map<UUID, Mark> newest(int partition, long startOffset) {
        return byJournal(clickHouse.ask(NEWEST, Map.of("topic", topic, "partition", partition, "upto", startOffset)));
    }

    /** How far the partition was taken in, as far as marks tell; 0 where there are none. */
    public long reach(int partition) {
        return clickHouse
                .ask(REACH, Map.of("topic", topic, "partition", partition))
                .getFirst()
                .required("reach")
                .longValue();
    }

    /** By partition, how far it was taken in as a whole; partitions without marks are left out. */
    public Map<Integer, Long> reaches() {
        Map<Integer, Long> reaches = new TreeMap<>();
        for (JsonNode row : clickHouse.ask(REACHES, Map.of("topic", topic))) {
            reaches.put(
                    row.required("partition").intValue(), row.required("reach").longValue());
        }
        return reaches;
    }

    /**
     * By journal, how far it was taken in at all, marked or only inserted: for reading a partition again whose offsets
     * are lost. A sequence counts wherever its journal shows up again, so a topic that was made anew loses nothing.
     */
    public Map<UUID, Mark> all(int partition, long reach) {
        return byJournal(clickHouse.ask(ALL, Map.of("topic", topic, "partition", partition, "reach", reach)));
    }

    private static Map<UUID, Mark> byJournal(List<JsonNode> rows) {
        Map<UUID, Mark> marks = new HashMap<>();
        for (JsonNode row : rows) {
            UUID journal = UUID.fromString(row.required("journal").asString());
            marks.put(
                    journal,
                    new Mark(
                            journal,
                            row.required("slot_of_newest").intValue(),
                            row.required("newest_offset").longValue(),
                            row.required("newest_sequence").longValue()));
        }
        return marks;
    }

    /** Writes the marks of each partition; writing them again does no harm. */
    public void save(Map<Integer, List<Mark>> byPartition, String token) {
        JsonRows rows = new JsonRows();
        int count = 0;
        for (Map.Entry<Integer, List<Mark>> each : byPartition.entrySet()) {
            for (Mark mark : each.getValue()) {
                rows.beginRow().text(topic).whole(each.getKey()).uuid(mark.journal());
                rows.whole(mark.slot())
                        .whole(mark.uptoOffset())
                        .whole(mark.sequence())
                        .endRow();
                count++;
            }
        }
        if (count > 0) {
            clickHouse.insert(new Block("marks", COLUMNS, rows, count), token);
        }
    }
}
