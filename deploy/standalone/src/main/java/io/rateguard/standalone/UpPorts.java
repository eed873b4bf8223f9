package io.rateguard.standalone;

import io.rateguard.standalone.data.DataDir;
import io.rateguard.standalone.part.Ports;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The ports of one run; they stay the same when a part is started again. */
record UpPorts(
        int proxy,
        int console,
        int proxyManagement,
        int consoleManagement,
        int intakeManagement,
        int alertsManagement,
        int smtp,
        int mail,
        int demo) {

    /** @throws StandaloneException naming a port that is taken */
    static UpPorts choose(UpOptions options, DataDir data, RandomGenerator random) {
        return new UpPorts(
                orFree("--proxy-port", options.proxyPort(), random),
                orFree("--console-port", options.consolePort(), random),
                management(options, 0, random),
                management(options, 1, random),
                management(options, 2, random),
                management(options, 3, random),
                Ports.free(random),
                Ports.free(random),
                remembered(data, random));
    }

    String proxyUrl() {
        return url(proxy);
    }

    String consoleUrl() {
        return url(console);
    }

    String demoUrl() {
        return url(demo);
    }

    /** The page of the mailbox, where there is one. */
    String mailUrl() {
        return url(mail);
    }

    Map<String, String> managementUrls() {
        return Map.of(
                "proxy",
                url(proxyManagement),
                "console",
                url(consoleManagement),
                "intake",
                url(intakeManagement),
                "alerts",
                url(alertsManagement));
    }

    /** All but the demo provider's, which is there to be called. */
    List<Integer> ofServices() {
        return List.of(
                proxy, console, proxyManagement, consoleManagement, intakeManagement, alertsManagement, smtp, mail);
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static int orFree(String option, int port, RandomGenerator random) {
        return port == 0 ? Ports.free(random) : Ports.requireFree(option, port);
    }

    private static int management(UpOptions options, int offset, RandomGenerator random) {
        int base = options.managementPortBase();
        return orFree("--management-port-base", base == 0 ? 0 : base + offset, random);
    }

    /** The demo API's base URL holds it, so it should not change between starts. */
    private static int remembered(DataDir data, RandomGenerator random) {
        return data.recall("demo-port")
                .map(Integer::parseInt)
                .filter(Ports::isFree)
                .orElseGet(() -> {
                    int port = Ports.free(random);
                    data.keep("demo-port", Integer.toString(port));
                    return port;
                });
    }
}
