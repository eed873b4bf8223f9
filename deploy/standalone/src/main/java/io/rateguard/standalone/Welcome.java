package io.rateguard.standalone;

import io.rateguard.standalone.data.Secrets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is told at the terminal when all is ready. */
record Welcome(
        UpPorts ports,
        Secrets secrets,
        @Nullable String demoKey,
        @Nullable String mailUrl,
        Path dataDir,
        double seconds) {

    String text() {
        StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, "%nRateGuard is ready after %.1f s.%n%n", seconds));
        line(text, "Console", ports.consoleUrl());
        line(text, "  sign in as", Services.ADMIN_EMAIL);
        line(text, "  password", secrets.password("admin"));
        line(text, "API", ports.consoleUrl() + "/api/v1/workspaces/" + Services.WORKSPACE);
        line(text, "  token", secrets.managementToken());
        line(text, "Proxy", ports.proxyUrl());
        if (demoKey != null) {
            line(text, "  demo key", demoKey);
            text.append("\nA first request (X-RateGuard-Cost-Cents in the answer is its price):\n\n  ")
                    .append(curl(demoKey))
                    .append("\n\n");
        } else {
            text.append('\n');
        }
        if (demoKey != null) {
            line(
                    text,
                    "Sample",
                    ports.consoleUrl()
                            + "/w/sample/overview?period=30d (six weeks of invented traffic, there within a minute)");
        }
        if (mailUrl != null) {
            line(text, "Mail", mailUrl + " (alerts, since no RATEGUARD_SMTP_HOST is set)");
        }
        line(text, "Logs", dataDir.resolve("logs").toString());
        line(text, "Stop", "Ctrl-C; the data stays in " + dataDir);
        return text.append('\n').toString();
    }

    private String curl(String key) {
        return "curl -i " + ports.proxyUrl() + "/proxy/demo/v1/chat/completions"
                + " -H 'Authorization: Bearer " + key + "' -H 'Content-Type: application/json'"
                + " -d '{\"model\":\"demo-small\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'";
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-14s %s%n", name, value));
    }

    /** It shows secrets only when asked for its text. */
    @Override
    public String toString() {
        return "Welcome[" + ports + "]";
    }
}
