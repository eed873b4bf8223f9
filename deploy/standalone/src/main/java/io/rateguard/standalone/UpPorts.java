package io.rateguard.standalone;

import io.rateguard.embedded.Ports;
import io.rateguard.standalone.data.DataDir;
import io.rateguard.standalone.part.PortOwner;
import java.util.List;
import java.util.Map;

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

    /** As many ports from the management port base upwards are taken. */
    static final int MANAGED_SERVICES = 4;

    /**
     * No two are the same, and none is one that a server of this data dir remembers.
     *
     * @throws StandaloneException naming a port that is taken
     */
    static UpPorts choose(UpOptions options, DataDir data) {
        Ports.claimRemembered(data.path());
        int demo = remembered(data);
        return new UpPorts(
                orFree("--proxy-port", options.proxyPort()),
                orFree("--console-port", options.consolePort()),
                management(options, 0),
                management(options, 1),
                management(options, 2),
                management(options, 3),
                Ports.claimFree(),
                Ports.claimFree(),
                demo);
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

    private static int orFree(String option, int port) {
        if (port == 0) {
            return Ports.claimFree();
        }
        if (!Ports.claim(port)) {
            String owner = PortOwner.of(port).map(who -> " by " + who).orElse("");
            throw new StandaloneException(option + ": port " + port + " is taken" + owner
                    + "; stop that program, or choose another port (0: any free one)");
        }
        return port;
    }

    private static int management(UpOptions options, int offset) {
        int base = options.managementPortBase();
        return orFree("--management-port-base", base == 0 ? 0 : base + offset);
    }

    /** The demo API's base URL holds it, so it should not change between starts. */
    private static int remembered(DataDir data) {
        return data.recall("demo-port")
                .map(Integer::parseInt)
                .filter(Ports::claim)
                .orElseGet(() -> {
                    int port = Ports.claimFree();
                    data.keep("demo-port", Integer.toString(port));
                    return port;
                });
    }
}
