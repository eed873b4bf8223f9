package io.rateguard.bench.intake;

import static java.util.Locale.ROOT;

import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.ClickHouseSettings;
import io.rateguard.bed.DrawnEvents;
import io.rateguard.bed.EventsTopic;
import io.rateguard.bed.Running;
import io.rateguard.bed.SentJournal;
import io.rateguard.bed.Service;
import io.rateguard.bed.ServiceSettings;
import io.rateguard.bench.CpuTime;
import io.rateguard.embedded.ClickHouseAccess;
import io.rateguard.embedded.EmbeddedClickHouse;
import io.rateguard.embedded.EmbeddedKafka;
import io.rateguard.embedded.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A topic full of events, and an intake that takes them in as fast as it can; then events at half that pace. */
public final class IntakeBench {

    /** The part of the events that warms the intake up, and counts in no figure. */
    private static final double WARM = 0.3;

    /** As docs/analytics.md advises: one thread does the work, and needs no collectors beside it. */
    private static final String COLLECTOR = "-XX:+UseSerialGC";

    private static final UUID JOURNAL = new UUID(1, 0);
    private static final Duration PACED = Duration.ofSeconds(40);
    private static final long TICK_NANOS = 50_000_000;
    private static final int SHOWN_THREADS = 6;

    private final Path folder;
    private final Path intakeJar;
    private final long events;
    private final PrintStream progress;

    /**
     * @param folder empty
     * @param events how many to take in as fast as possible
     */
    public IntakeBench(Path folder, Path intakeJar, long events, PrintStream progress) {
        this.folder = folder;
        this.intakeJar = intakeJar;
        this.events = events;
        this.progress = progress;
    }

    /** Measures, and tells in Markdown. */
    public String run() throws InterruptedException {
        try (Running running = new Running()) {
            Settings parts = Settings.in(folder.resolve("data"));
            EmbeddedKafka kafka = running.keep(EmbeddedKafka.start(parts));
            EmbeddedClickHouse engine = running.keep(EmbeddedClickHouse.start(parts));
            String bootstrap = kafka.access().bootstrapServers();
            EventsTopic.create(bootstrap);
            fill(bootstrap);
            progress.println("intake");
            Map<String, String> environment = ServiceSettings.intake(bootstrap, engine.access());
            environment.put("JAVA_TOOL_OPTIONS", COLLECTOR);
            Service intake = running.keep(new Service(
                    "intake",
                    new Service.Program(intakeJar, "io.rateguard.analytics.intake.IntakeMain"),
                    environment,
                    folder.resolve("intake")));
            Map<String, Long> processes = new LinkedHashMap<>();
            processes.put("intake", intake.pid());
            processes.put("ClickHouse", engine.pid());
            processes.put("Kafka", kafka.pid());
            awaitTaken(intake, (long) (WARM * events));
            Reading start = Reading.of(intake, processes);
            Map<String, Long> threads = CpuTime.microsByThread(intake.pid());
            awaitTaken(intake, events);
            Reading end = Reading.of(intake, processes);
            Throughput throughput = new Throughput(start, end);
            String text = throughput.markdown() + threads(intake.pid(), threads, throughput);
            progress.println("freshness");
            try (ClickHouse clickHouse = open(engine.access())) {
                return text + new Freshness(clickHouse, bootstrap).measure(throughput.perSecond() / 2, PACED);
            }
        }
    }

    private void fill(String bootstrap) {
        progress.printf(ROOT, "%,d events into Kafka%n", events);
        DrawnEvents drawn = new DrawnEvents(new Random(0));
        try (SentJournal journal = new SentJournal(bootstrap, JOURNAL)) {
            for (long i = 0; i < events; i++) {
                journal.send(drawn.next());
            }
            journal.finish();
        }
    }

    private static void awaitTaken(Service intake, long count) {
        while (intake.metric(Reading.EVENTS) < count) {
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    private static ClickHouse open(ClickHouseAccess access) {
        return ClickHouse.open(new ClickHouseSettings(
                access.httpUrl() + "?compress=false",
                access.user(),
                access.password(),
                ClickHouseSettings.DEFAULT_DATABASE));
    }

    /** Where the intake's processor time went, the dearest first. */
    private static String threads(long pid, Map<String, Long> before, Throughput throughput) {
        StringBuilder text = new StringBuilder("\n| thread of the intake | µs per event |\n|---|--:|\n");
        Map<String, Long> after = CpuTime.microsByThread(pid);
        after.replaceAll((thread, micros) -> micros - before.getOrDefault(thread, 0L));
        after.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(SHOWN_THREADS)
                .forEach(thread -> text.append(String.format(
                        ROOT, "| %s | %.1f |%n", thread.getKey(), thread.getValue() / throughput.events())));
        return text.toString();
    }
}
