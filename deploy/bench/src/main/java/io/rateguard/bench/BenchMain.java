package io.rateguard.bench;

import io.rateguard.bed.Machine;
import io.rateguard.bed.TemporaryFolder;
import io.rateguard.bench.analytics.AnalyticsBench;
import io.rateguard.bench.intake.IntakeBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the comparison, prints its table, and writes it as {@code bench.md} and {@code bench.json}. */
@Command(name = "bench", description = "Compares RateGuard with a bare proxy and with none, on this machine.")
final class BenchMain implements Callable<Integer> {

    @Option(names = "--quick", description = "Under three minutes: fewer and shorter rounds.")
    private boolean quick;

    @Option(names = "--profile", description = "Records where RateGuard's processor time goes; costs a little of it.")
    private boolean profile;

    @Option(names = "--against", description = "The proxy.jar of another build, unpacked, to compare with as well.")
    private @Nullable Path earlierJar;

    @Option(names = "--analytics", description = "Instead: how fast questions are answered over many events.")
    private boolean analytics;

    @Option(names = "--intake", description = "Instead: what the intake needs for an event, and how soon it is there.")
    private boolean intake;

    @Option(
            names = "--events",
            description =
                    "How many, with --analytics or --intake (default: ${DEFAULT-VALUE}; 100000000 are hours and 32 GB).",
            defaultValue = "3000000")
    private long events;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "With --analytics: keeps the events there, and goes on with what an earlier run left.")
    private @Nullable Path data;

    @Option(names = "--output", hidden = true, required = true)
    private @Nullable Path output;

    @Option(names = "--proxy-jar", hidden = true, required = true)
    private @Nullable Path proxyJar;

    @Option(names = "--intake-jar", hidden = true, required = true)
    private @Nullable Path intakeJar;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    @SuppressWarnings("unused") // set and read by picocli, which then shows the usage
    private boolean help;

    private BenchMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (output == null || proxyJar == null || intakeJar == null) {
            throw new IllegalStateException(
                    "--output, --proxy-jar and --intake-jar: not set (expected: all of them, by ./rateguard bench)");
        }
        if (events < 1) {
            throw new IllegalArgumentException("--events: " + events + " (expected: 1 or more)");
        }
        Path target = Files.createDirectories(output.toAbsolutePath());
        Machine machine = Machine.here();
        if (analytics) {
            return measureAnalytics(machine, target);
        }
        if (intake) {
            return measureIntake(machine, target, intakeJar.toAbsolutePath());
        }
        Path recording = target.resolve("proxy.jfr");
        Plan plan = quick ? Plan.QUICK : Plan.FULL;
        Report report;
        try (TemporaryFolder folder = TemporaryFolder.create("rateguard-bench-");
                Bed bed = new Bed(
                        folder.path(),
                        proxyJar.toAbsolutePath(),
                        earlierJar == null ? null : earlierJar.toAbsolutePath())) {
            Thread ending = new Thread(bed::close, "bench-end");
            Runtime.getRuntime().addShutdownHook(ending);
            Results results = new Comparison(bed, plan, System.err, pid -> record(pid, recording)).run();
            report = new Report(machine, plan, results, answered(results), bed.stopAndCountEvents());
            Runtime.getRuntime().removeShutdownHook(ending);
        }
        Files.writeString(target.resolve("bench.md"), report.markdown());
        Files.writeString(target.resolve("bench.json"), report.json());
        System.out.print(report.markdown());
        if (profile) {
            String profiled = Profile.of(recording).markdown();
            Files.writeString(target.resolve("profile.md"), profiled);
            System.out.print("\n" + profiled);
        }
        return 0;
    }

    private int measureAnalytics(Machine machine, Path target) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("rateguard-bench-")) {
            Path kept = data == null ? folder.path().resolve("data") : data;
            return tell(machine, target.resolve("analytics.md"), new AnalyticsBench(kept, events, System.err).run());
        }
    }

    private int measureIntake(Machine machine, Path target, Path jar) throws IOException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.create("rateguard-bench-")) {
            return tell(
                    machine,
                    target.resolve("intake.md"),
                    new IntakeBench(folder.path(), jar, events, System.err).run());
        }
    }

    private static int tell(Machine machine, Path file, String measured) throws IOException {
        String report = machine.described() + "\n\n" + measured;
        Files.writeString(file, report);
        System.out.print(report);
        return 0;
    }

    private void record(long pid, Path recording) {
        if (profile) {
            Profile.start(pid, recording);
        }
    }

    private static long answered(Results results) {
        return Stream.of(results.closed(), results.open(), results.streams())
                .flatMap(rounds -> rounds.getOrDefault(Contender.RATEGUARD, List.of()).stream())
                .mapToLong(sample -> sample.load().answered())
                .sum();
    }
}
