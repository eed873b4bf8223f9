package io.rateguard.demo;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Runs the demo provider as a process of its own until it is told to stop. */
@Command(
        name = "demo-provider",
        mixinStandardHelpOptions = true,
        description = "A pretend provider: OpenAI chat, Anthropic messages and plain REST.")
public final class DemoProviderMain implements Callable<Integer> {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m)");

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "The address it listens on (${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(names = "--port", required = true, description = "The port it listens on; 0 for a free one.")
    private int port;

    @Option(names = "--require-key", description = "The one credential it accepts; any if left out.")
    private @Nullable String requiredKey;

    @Option(
            names = "--error-rate",
            defaultValue = "0",
            description = "The share of requests that fail (${DEFAULT-VALUE}).")
    private double errorRate;

    @Option(names = "--seed", defaultValue = "1", description = "Decides which requests fail (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--threads", defaultValue = "0", description = "Event loops; 0 for one per processor.")
    private int threads;

    @Option(
            names = "--record",
            defaultValue = "0",
            description = "How many requests GET /received shows, credentials included (${DEFAULT-VALUE}: none).")
    private int recorded;

    private DemoSettings behaving = DemoSettings.defaults();

    private DemoProviderMain() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        DemoProviderMain main = new DemoProviderMain();
        CommandLine commandLine = new CommandLine(main);
        commandLine.setExecutionExceptionHandler((failure, itself, parsed) -> {
            itself.getErr().println(failure.getMessage());
            return itself.getCommandSpec().exitCodeOnExecutionException();
        });
        CommandSpec spec = commandLine.getCommandSpec();
        for (Knob knob : Knob.values()) {
            spec.addOption(OptionSpec.builder(knob.option())
                    .type(String.class)
                    .paramLabel(knob.isTime() ? "TIME" : "VALUE")
                    .arity(knob.isFlag() ? "0..1" : "1")
                    .fallbackValue("true")
                    .description("Every request " + knob.meaning() + ".")
                    .setter(main.turning(knob, commandLine))
                    .build());
        }
        return commandLine;
    }

    @Override
    public Integer call() {
        try (DemoProvider provider = DemoProvider.start(settings())) {
            Runtime.getRuntime().addShutdownHook(new Thread(provider::close, "stop"));
            System.out.println("Demo provider listening on " + provider.url());
            provider.await();
        }
        return 0;
    }

    DemoSettings settings() {
        DemoSettings settings = behaving.withHost(host)
                .withPort(port)
                .withErrors(errorRate, seed)
                .withThreads(threads)
                .withRecorded(recorded);
        return requiredKey == null ? settings : settings.withRequiredKey(requiredKey);
    }

    private ISetter turning(Knob knob, CommandLine commandLine) {
        return new ISetter() {
            @Override
            @SuppressWarnings("TypeParameterUnusedInFormals") // picocli declares it so
            public <T> @Nullable T set(T value) {
                if (value != null) {
                    turn(knob, value.toString(), commandLine);
                }
                return null;
            }
        };
    }

    private void turn(Knob knob, String value, CommandLine commandLine) {
        try {
            behaving = behaving.with(knob, knob.isTime() ? millis(value) : value);
        } catch (IllegalArgumentException bad) {
            throw new CommandLine.ParameterException(commandLine, knob.option() + ": " + bad.getMessage(), bad);
        }
    }

    /** {@code 250ms}, {@code 2s} or {@code 1m} as milliseconds. */
    private static String millis(String time) {
        Matcher matcher = TIME.matcher(time.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(time + " (expected: a time such as 250ms, 2s or 1m)");
        }
        long number = Long.parseLong(matcher.group(1));
        return Long.toString(
                switch (matcher.group(2)) {
                    case "ms" -> number;
                    case "s" -> number * 1_000;
                    default -> number * 60_000;
                });
    }
}
