package io.rateguard.standalone;

import io.rateguard.domain.net.AddressRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./rateguard up}. */
@Command(
        name = "up",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Starts RateGuard with everything it needs, in the foreground. Ctrl-C stops it; its data stays.")
final class UpCommand implements Callable<Integer> {

    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--proxy-port",
            paramLabel = "PORT",
            defaultValue = "3001",
            description = "where applications send their requests (${DEFAULT-VALUE}); 0: any free port")
    private String proxyPort = "3001";

    @Option(
            names = "--console-port",
            paramLabel = "PORT",
            defaultValue = "3000",
            description = "where the console and its API are (${DEFAULT-VALUE}); 0: any free port")
    private String consolePort = "3000";

    @Option(
            names = "--management-port-base",
            paramLabel = "PORT",
            defaultValue = "3101",
            description =
                    "health and metrics of the services, from this port upwards (${DEFAULT-VALUE}); 0: free ports")
    private String managementPortBase = "3101";

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            defaultValue = ".rateguard",
            description = "where all data is kept (${DEFAULT-VALUE})")
    private Path dataDir = Path.of(".rateguard");

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description = "written as JSON when all is ready: addresses, secrets, process ids")
    private @Nullable Path readyFile;

    @Option(names = "--no-demo", description = "no demo provider, API, key, limit or budget, and no workspace sample")
    private boolean noDemo;

    @Option(
            names = "--upstream-allow",
            paramLabel = "ADDRESS",
            description = "opens a private address to upstreams: 10.0.0.0/8 or 10.1.2.3:8080; repeatable."
                    + " Loopback is open already, but for RateGuard's own ports")
    private List<String> upstreamAllow = new ArrayList<>();

    @Option(
            names = "--record",
            paramLabel = "FOLDER",
            hidden = true,
            description = "a training: ends by itself, and leaves AOT caches in the folder")
    private @Nullable Path record;

    @Option(names = "--train", hidden = true, description = "makes missing AOT caches once all is ready")
    private boolean train;

    @Option(names = "--help", usageHelp = true, description = "shows this")
    @SuppressWarnings("unused") // set and read by picocli, which then shows the usage
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new Up(options(), record, train, System.getenv(), System.out).run();
    }

    UpOptions options() {
        int proxy = port("--proxy-port", proxyPort);
        int console = port("--console-port", consolePort);
        int base = port("--management-port-base", managementPortBase);
        if (proxy == console && proxy != 0) {
            throw misuse("--console-port: " + console + " is the proxy's port as well (expected: another one)");
        }
        int last = base + UpPorts.MANAGED_SERVICES - 1;
        if (last > HIGHEST_PORT) {
            throw misuse("--management-port-base: " + base + " (expected: 0 to "
                    + (HIGHEST_PORT - UpPorts.MANAGED_SERVICES + 1) + ", since " + UpPorts.MANAGED_SERVICES
                    + " ports are needed)");
        }
        requireOutside("--proxy-port", proxy, base, last);
        requireOutside("--console-port", console, base, last);
        upstreamAllow.forEach(this::requireAddress);
        return new UpOptions(proxy, console, base, dataDir, readyFile, !noDemo, upstreamAllow);
    }

    private int port(String option, String text) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= HIGHEST_PORT) {
            return Integer.parseInt(text);
        }
        throw misuse(option + ": " + text + " (expected: 0 to " + HIGHEST_PORT + ")");
    }

    private void requireOutside(String option, int port, int first, int last) {
        if (first != 0 && port >= first && port <= last) {
            throw misuse(option + ": " + port + " is one of the management ports " + first + " to " + last
                    + " (expected: another one)");
        }
    }

    private void requireAddress(String text) {
        try {
            AddressRange.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw misuse("--upstream-allow: " + text
                    + " (expected: an IP block such as 10.0.0.0/8, or an IP address and port)");
        }
    }

    private ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
