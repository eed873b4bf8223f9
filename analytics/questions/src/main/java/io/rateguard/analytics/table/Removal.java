package io.rateguard.analytics.table;

import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Removes rows of workspaces. ClickHouse carries on with what was begun until it is done, also through its own death;
 * whoever asks again until nothing is left also removes what came in meanwhile.
 */
public final class Removal {

    private static final List<String> SINGLE_REQUESTS = List.of("requests", "adjustments");
    private static final List<String> SUMS = List.of(
            "usage_by_minute",
            "usage_by_quarter",
            "usage_by_model",
            "usage_by_tag",
            "usage_by_customer",
            "usage_by_split",
            "budget_charges");

    private static final String ANY = """
            SELECT count() AS found FROM (SELECT 1 FROM %s WHERE %s LIMIT 1)
            SETTINGS output_format_json_quote_64bit_integers = 0
            FORMAT JSONEachRow
            """;
    private static final String UNDER_WAY = """
            SELECT count() AS found
            FROM system.mutations
            WHERE database = currentDatabase() AND table = {table:String} AND NOT is_done
              AND position(command, {workspace:String}) > 0
            SETTINGS output_format_json_quote_64bit_integers = 0
            FORMAT JSONEachRow
            """;

    private final ClickHouse clickHouse;

    public Removal(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    /** Every table that has rows of workspaces. */
    static List<String> tables() {
        return Stream.concat(SINGLE_REQUESTS.stream(), SUMS.stream()).toList();
    }

    /** Whether nothing of a workspace is left; what is left begins to be removed. */
    public boolean removeAll(WorkspaceId workspace) {
        return remove(tables(), workspace, "");
    }

    /**
     * Whether no single request of a workspace is left that was charged before an instant; what is left begins to be
     * removed. Sums stay.
     */
    public boolean removeRequests(WorkspaceId workspace, Instant before) {
        return remove(
                SINGLE_REQUESTS,
                workspace,
                " AND charged_at < fromUnixTimestamp64Milli(" + before.toEpochMilli() + ", 'UTC')");
    }

    private boolean remove(List<String> tables, WorkspaceId workspace, String more) {
        String condition = "workspace_id = '" + workspace + "'" + more;
        boolean isGone = true;
        for (String table : tables) {
            if (isFound(ANY.formatted(table, condition), Map.of())) {
                isGone = false;
                if (!isFound(UNDER_WAY, Map.of("table", table, "workspace", workspace.toString()))) {
                    clickHouse.execute("ALTER TABLE " + table + " DELETE WHERE " + condition);
                }
            }
        }
        return isGone;
    }

    private boolean isFound(String sql, Map<String, Object> parameters) {
        return clickHouse.ask(sql, parameters).getFirst().required("found").longValue() > 0;
    }
}
