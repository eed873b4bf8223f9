package io.rateguard.drills;

import io.rateguard.bed.Machine;
import io.rateguard.drills.Drill.Course;
import io.rateguard.drills.events.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs drills, prints what each found and writes it as {@code <name>.md}. Ends with 1 when a promise was broken, with 2
 * when it was called wrongly.
 */
@Command(name = "drill", description = "Breaks parts on purpose and holds the figures against what is promised.")
public final class DrillMain implements Callable<Integer> {

    private static final long LARGEST_SEED = 1_000_000_000;
    private static final int EVENTS = 200_000;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "One drill; all of them without it.")
    private @Nullable String name;

    @Option(names = "--seed", description = "Of all that is random; printed, and drawn where it is not given.")
    private long seed = new SplittableRandom().nextLong(LARGEST_SEED);

    @Option(names = "--events", description = "How many the drill of events sends (200000); 20000 or more.")
    private @Nullable Integer events;

    @Option(names = "--output", hidden = true, required = true)
    private @Nullable Path output;

    @Option(names = "--programs", hidden = true, required = true)
    private @Nullable Path programs;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private DrillMain() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** The status to end with. */
    static int run(String... arguments) {
        return new CommandLine(new DrillMain()).execute(arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (output == null || programs == null) {
            throw new IllegalStateException("--output and --programs: not set (expected: both, by ./rateguard drill)");
        }
        List<Drill> drills = chosen();
        Course course = new Course(new Programs(programs), seed, events());
        Path target = Files.createDirectories(output.toAbsolutePath());
        boolean broken = false;
        for (Drill drill : drills) {
            List<String> found = run(drill, course, target);
            found.forEach(each -> System.err.println("rateguard: drill " + drill.name() + ": broken: " + each));
            broken |= !found.isEmpty();
        }
        return broken ? 1 : 0;
    }

    private List<Drill> chosen() {
        try {
            return name == null ? Drills.ALL : List.of(Drills.named(name));
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(), unknown.getMessage());
        }
    }

    private int events() {
        if (events == null) {
            return EVENTS;
        }
        if (name != null && !name.equals(Drills.EVENTS)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--events: " + events + " (expected: none, as " + name + " sends what it needs)");
        }
        if (events < Scale.FEWEST) {
            throw new ParameterException(
                    spec.commandLine(), "--events: " + events + " (expected: " + Scale.FEWEST + " or more)");
        }
        return events;
    }

    /** Returns the promises that were broken. */
    private List<String> run(Drill drill, Course course, Path target) throws IOException, InterruptedException {
        Machine machine = Machine.here();
        long started = System.nanoTime();
        Findings findings = drill.body().run(course, System.err);
        String text = Figures.text(
                "# %s: %s\n\n`./rateguard drill %s --seed %d%s`, in %s on %s.\n\n%s",
                drill.name(),
                drill.about(),
                drill.name(),
                seed,
                drill.name().equals(Drills.EVENTS) ? " --events " + course.events() : "",
                Figures.seconds(Duration.ofNanos(System.nanoTime() - started)),
                machine.described(),
                findings.markdown());
        Files.writeString(target.resolve(drill.name() + ".md"), text);
        System.out.println(text);
        return findings.broken();
    }
}
