package io.rateguard.bench.analytics;

import static java.util.Locale.ROOT;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.ClickHouseSettings;
import io.rateguard.analytics.table.Schema;
import io.rateguard.bench.CpuTime;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.embedded.ClickHouseAccess;
import io.rateguard.embedded.EmbeddedClickHouse;
import io.rateguard.embedded.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** How fast questions are answered over many events, on a ClickHouse of its own. */
public final class AnalyticsBench {

    private static final int COLD_TIMES = 3;
    private static final int WARM_TIMES = 20;
    private static final List<String> TABLES = List.of(
            "requests",
            "usage_by_minute",
            "usage_by_quarter",
            "usage_by_model",
            "usage_by_tag",
            "usage_by_customer",
            "usage_by_split",
            "budget_charges");

    private final Path folder;
    private final long events;
    private final PrintStream progress;

    /**
     * @param folder as large as the events: about 320 bytes each, rollups included; with what an earlier run filled in,
     *     or empty
     */
    public AnalyticsBench(Path folder, long events, PrintStream progress) {
        this.folder = folder;
        this.events = events;
        this.progress = progress;
    }

    /** Fills, asks, and tells in Markdown. */
    public String run() {
        try (EmbeddedClickHouse engine = EmbeddedClickHouse.start(Settings.in(folder))) {
            ClickHouseAccess access = engine.access();
            ClickHouseSettings settings = new ClickHouseSettings(
                    access.httpUrl() + "?compress=false", access.user(), access.password(), "rateguard");
            Schema.apply(settings);
            try (ClickHouse clickHouse = ClickHouse.open(settings)) {
                return run(clickHouse, () -> CpuTime.micros(engine.pid()));
            }
        }
    }

    private String run(ClickHouse clickHouse, LongSupplier processorMicros) {
        long before = Generator.count(clickHouse);
        long start = System.nanoTime();
        Generator.fill(clickHouse, events, () -> progress.print("."));
        double seconds = (System.nanoTime() - start) / 1e9;
        long count = Generator.count(clickHouse);
        StringBuilder text = new StringBuilder(String.format(
                ROOT,
                "%,d events up to %s; %,d of them were written now, with all rollups, in %.0f s.%n%n",
                count,
                Generator.newest(clickHouse),
                count - before,
                seconds));
        progress.print("\n" + text);
        text.append(sizes(clickHouse));
        WorkspaceId largest = Generator.workspace(clickHouse, 0);
        WorkspaceId small = Generator.workspace(clickHouse, 100);
        text.append(table(
                "Rollups, the largest workspace", clickHouse, processorMicros, Questions.ofUsage(clickHouse, largest)));
        text.append(
                table("Rollups, a small workspace", clickHouse, processorMicros, Questions.ofUsage(clickHouse, small)));
        text.append(table(
                "Raw search, the largest workspace",
                clickHouse,
                processorMicros,
                Questions.ofLog(clickHouse, largest)));
        return text.toString();
    }

    private String table(
            String title, ClickHouse clickHouse, LongSupplier processorMicros, Map<String, Runnable> questions) {
        progress.println(title);
        List<Timing> timings = new ArrayList<>();
        questions.forEach((name, question) -> timings.add(
                Timing.of(name, question, () -> forget(clickHouse), processorMicros, COLD_TIMES, WARM_TIMES)));
        StringBuilder text = new StringBuilder("\n| " + title
                + ", ms | cold p50 | cold p95 | warm p50 | warm p95 | processor |\n" + "|---|--:|--:|--:|--:|--:|\n");
        for (Timing timing : timings) {
            text.append(String.format(
                    ROOT,
                    "| %s | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
                    timing.name(),
                    Timing.percentile(timing.cold(), 0.5),
                    Timing.percentile(timing.cold(), 0.95),
                    Timing.percentile(timing.warm(), 0.5),
                    Timing.percentile(timing.warm(), 0.95),
                    timing.processor()));
        }
        return text.toString();
    }

    private static String sizes(ClickHouse clickHouse) {
        StringBuilder text = new StringBuilder("| table | rows | parts | MiB on disk |\n|---|--:|--:|--:|\n");
        for (String table : TABLES) {
            var row = clickHouse.ask("""
                            SELECT sum(rows) AS rows, count() AS parts, sum(bytes_on_disk) / 1048576 AS mib
                            FROM system.parts
                            WHERE active AND database = currentDatabase() AND table = {table:String}
                            SETTINGS output_format_json_quote_64bit_integers = 0
                            FORMAT JSONEachRow
                            """, Map.of("table", table)).getFirst();
            text.append(String.format(
                    ROOT,
                    "| %s | %,d | %d | %,.0f |%n",
                    table,
                    row.required("rows").longValue(),
                    row.required("parts").longValue(),
                    row.required("mib").doubleValue()));
        }
        return text.toString();
    }

    /** The engine's own caches; the system's page cache stays. */
    private static void forget(ClickHouse clickHouse) {
        clickHouse.execute("SYSTEM DROP MARK CACHE");
        clickHouse.execute("SYSTEM DROP UNCOMPRESSED CACHE");
    }
}
