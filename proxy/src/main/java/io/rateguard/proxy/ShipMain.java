package io.rateguard.proxy;

import io.rateguard.counters.Counters;
import io.rateguard.proxy.forward.DegradedCharges;
import io.rateguard.proxy.forward.Settlements;
import io.rateguard.proxy.journal.JournalSettings;
import io.rateguard.proxy.journal.Journals;
import io.rateguard.proxy.journal.KafkaEventShipping;
import io.rateguard.proxy.local.LearnedOutputs;
import io.rateguard.proxy.local.LocalLimits;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** {@code proxy.jar ship}: ships and settles what a proxy that will not come back has left in its journal. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProxyProperties.class)
class ShipMain {

    static final String COMMAND = "ship";

    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final long LOOK_NANOS = 20_000_000;
    private static final String USAGE = """
            usage: java -jar proxy.jar ship DIRECTORY [--within TIME]

            Ships what a proxy that will not come back has left in its journal, and settles what it may not have settled.

              DIRECTORY      its journal's directory
              --within TIME  how long to try at most, such as 30s or 10m (10m)
            """;

    private ShipMain() {}

    /** The exit code: 0 when nothing is left, 1 when something is, 2 when it was asked wrongly. */
    static int run(List<String> arguments) {
        try {
            Path directory = directory(arguments);
            Duration within = within(arguments);
            try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ShipMain.class)
                    .web(WebApplicationType.NONE)
                    .run()) {
                return ship(context.getBean(ProxyProperties.class).settings(), directory, within, System.out);
            }
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + "\n\n" + USAGE);
            return 2;
        } catch (IllegalStateException | UncheckedIOException failure) {
            System.err.println(failure.getMessage());
            return 1;
        }
    }

    /** @return the exit code */
    static int ship(ProxySettings settings, Path directory, Duration within, PrintStream out) {
        long end = System.nanoTime() + within.toNanos();
        LongSupplier clock = System::currentTimeMillis;
        try (Counters counters = Counters.connect(settings.counters());
                DegradedCharges degraded = new DegradedCharges(counters, clock)) {
            Settlements settlements =
                    new Settlements(counters, new LearnedOutputs(), new LocalLimits(), degraded, clock);
            Journals journals = Journals.open(
                    settings(settings.journal(), directory),
                    new KafkaEventShipping(settings.kafka(), settings.eventsTopic(), settings.eventsPartitions()),
                    settlements::settle);
            long events = journals.state().unshippedRecords();
            try (journals) {
                out.println(events + " events to ship");
                await(() -> journals.leftIsShipped() && journals.leftIsExamined() && settlements.open() == 0, end);
            }
            long left = journals.state().unshippedRecords();
            long unsettled = settlements.open() + settlements.failed();
            out.println((events - left) + " events shipped, " + left + " left"
                    + (unsettled == 0
                            ? ""
                            : "; " + unsettled + " could not be settled, their holds lapse into charges"));
            return left == 0 && unsettled == 0 ? 0 : 1;
        }
    }

    private static JournalSettings settings(JournalSettings proxy, Path directory) {
        return new JournalSettings(directory, 1, proxy.segmentBytes(), proxy.capBytes(), Duration.ZERO);
    }

    private static Path directory(List<String> arguments) {
        if (arguments.isEmpty() || !Files.isDirectory(Path.of(arguments.getFirst()))) {
            throw new IllegalArgumentException("ship: " + (arguments.isEmpty() ? "nothing" : arguments.getFirst())
                    + " (expected: the directory of a journal)");
        }
        return Path.of(arguments.getFirst());
    }

    private static Duration within(List<String> arguments) {
        List<String> options = arguments.subList(1, arguments.size());
        if (options.isEmpty()) {
            return WITHIN;
        }
        if (options.size() != 2 || !options.getFirst().equals("--within")) {
            throw new IllegalArgumentException(
                    "ship: " + String.join(" ", options) + " (expected: nothing, or --within TIME)");
        }
        try {
            Duration within = DurationStyle.detectAndParse(options.getLast());
            if (within.isPositive()) {
                return within;
            }
        } catch (IllegalArgumentException noTime) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "ship --within: " + options.getLast() + " (expected: a time such as 30s or 10m)");
    }

    private static void await(BooleanSupplier done, long endNanos) {
        while (!done.getAsBoolean() && System.nanoTime() - endNanos < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
