package io.rateguard.bench.intake;

import static java.util.Locale.ROOT;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.bed.DrawnEvents;
import io.rateguard.bed.EventsTopic;
import io.rateguard.bed.SentJournal;
import io.rateguard.domain.event.PartitionChoice;
import io.rateguard.domain.event.RequestEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;

/** How long it takes from the end of a request until ClickHouse answers with it, at an even pace. */
final class Freshness {

    /** What the intake needs to find its pace again counts in no figure. */
    private static final double WARM = 0.2;

    private static final long TICK_NANOS = 5_000_000;

    /** Between two questions; what is told is later than the truth by as much, and by an answer's time. */
    private static final long PAUSE_NANOS = 25_000_000;

    private static final int DIGITS = 3;
    private static final String THERE = """
            SELECT kafka_partition, max(sequence) AS reached
            FROM requests
            WHERE journal = {journal:UUID}
            GROUP BY kafka_partition
            SETTINGS output_format_json_quote_64bit_integers = 0
            FORMAT JSONEachRow
            """;

    private static final UUID JOURNAL = new UUID(1, 1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ClickHouse clickHouse;
    private final String bootstrapServers;
    private final List<List<Sent>> byPartition = new ArrayList<>();
    private final Histogram micros = new Histogram(DIGITS);

    Freshness(ClickHouse clickHouse, String bootstrapServers) {
        this.clickHouse = clickHouse;
        this.bootstrapServers = bootstrapServers;
        for (int i = 0; i < EventsTopic.PARTITIONS; i++) {
            byPartition.add(new ArrayList<>());
        }
    }

    private record Sent(long sequence, long endNanos, boolean counts) {}

    /** Tells in Markdown. */
    String measure(double perSecond, Duration time) throws InterruptedException {
        try (ExecutorService sender = Executors.newSingleThreadExecutor()) {
            Future<Long> sending = sender.submit(() -> send(perSecond, time));
            long[] seen = new long[EventsTopic.PARTITIONS];
            int[] next = new int[EventsTopic.PARTITIONS];
            long end = System.nanoTime() + time.plus(PATIENCE).toNanos();
            while (!sending.isDone() || !isThrough(next)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("not all events were taken in within " + PATIENCE);
                }
                look(seen, next);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            return told(sending.get() / (time.toNanos() / 1e9));
        } catch (ExecutionException failure) {
            throw new IllegalStateException("events could not be sent", failure.getCause());
        }
    }

    private String told(double perSecond) {
        return String.format(
                ROOT,
                "%n| at %,.0f events/s, from the end of a request to an answer with it | ms |%n|---|--:|%n"
                        + "| p50 | %,.0f |%n| p99 | %,.0f |%n| longest | %,.0f |%n",
                perSecond,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getMaxValue() / 1e3);
    }

    private long send(double perSecond, Duration time) {
        try (SentJournal journal = new SentJournal(bootstrapServers, JOURNAL)) {
            return send(journal, new DrawnEvents(new Random(1)), perSecond, time);
        }
    }

    private long send(SentJournal journal, DrawnEvents drawn, double perSecond, Duration time) {
        long start = System.nanoTime();
        long sent = 0;
        long end = start + time.toNanos();
        for (long now = start; now < end; now = System.nanoTime()) {
            long due = (long) ((now - start) / 1e9 * perSecond);
            boolean counts = now - start > WARM * time.toNanos();
            for (; sent < due; sent++) {
                RequestEvent event = drawn.next();
                int partition = PartitionChoice.of(event.caller().workspace(), EventsTopic.PARTITIONS);
                synchronized (byPartition) {
                    byPartition.get(partition).add(new Sent(sent + 1, System.nanoTime(), counts));
                }
                journal.send(event);
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
        journal.finish();
        return sent;
    }

    private void look(long[] seen, int[] next) {
        for (JsonNode row : clickHouse.ask(THERE, Map.of("journal", JOURNAL.toString()))) {
            seen[row.required("kafka_partition").intValue()] =
                    row.required("reached").longValue();
        }
        long now = System.nanoTime();
        synchronized (byPartition) {
            for (int partition = 0; partition < next.length; partition++) {
                List<Sent> sent = byPartition.get(partition);
                while (next[partition] < sent.size()
                        && sent.get(next[partition]).sequence() <= seen[partition]) {
                    Sent each = sent.get(next[partition]++);
                    if (each.counts()) {
                        micros.recordValue((now - each.endNanos()) / 1_000);
                    }
                }
            }
        }
    }

    private boolean isThrough(int[] next) {
        synchronized (byPartition) {
            for (int partition = 0; partition < next.length; partition++) {
                if (next[partition] < byPartition.get(partition).size()) {
                    return false;
                }
            }
            return true;
        }
    }
}
