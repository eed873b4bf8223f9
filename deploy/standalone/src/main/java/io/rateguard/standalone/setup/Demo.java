package io.rateguard.standalone.setup;

import io.rateguard.standalone.data.DataDir;
import io.rateguard.standalone.data.Secrets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Something to try RateGuard with: the API {@code demo}, a key for it, a limit, a budget, and a rule that mails
 * when a budget comes to a threshold. API and key are always there; the rest is made once, so that whoever deletes it is
 * rid of it.
 */
public final class Demo {

    private static final String API = "demo";
    private static final String LIMIT = "Demo: 600 requests a minute per key";
    private static final String BUDGET = "Demo: 25 dollars a month";
    private static final String LIMITS_MADE = "demo-limits-made";
    private static final String CHANNEL = "Demo: mail to the administrator";
    private static final String RULE = "Demo: budgets that come to a threshold";
    private static final String ALERTS_MADE = "demo-alerts-made";

    private final ManagementApi management;
    private final Secrets secrets;
    private final DataDir data;
    private final String adminEmail;

    public Demo(ManagementApi management, Secrets secrets, DataDir data, String adminEmail) {
        this.management = management;
        this.secrets = secrets;
        this.data = data;
        this.adminEmail = adminEmail;
    }

    /** Makes what is missing and returns the secret of an active key. */
    public String prepare(String upstreamUrl) {
        prepareApi(upstreamUrl);
        if (data.recall(LIMITS_MADE).isEmpty()) {
            prepareLimits();
            data.keep(LIMITS_MADE, "yes");
        }
        if (data.recall(ALERTS_MADE).isEmpty()) {
            prepareAlerts();
            data.keep(ALERTS_MADE, "yes");
        }
        return secrets.demoKey()
                .filter(this::isActive)
                .map(Secrets.DemoKey::secret)
                .orElseGet(this::newKey);
    }

    private void prepareApi(String upstreamUrl) {
        Optional<JsonNode> found = management.find("apis/" + API);
        if (found.isPresent()) {
            if (found.get().path("baseUrl").asString("").equals(upstreamUrl)) {
                return;
            }
            management.delete("apis/" + API);
        }
        management.create("apis", """
                {"slug": "demo", "name": "Demo provider", "profile": "demo", "baseUrl": "%s",
                 "auth": {"type": "bearer", "secret": "%s"}}
                """.formatted(upstreamUrl, secrets.password("demoUpstream")));
    }

    private void prepareLimits() {
        if (!management.hasNamed("limits", LIMIT)) {
            management.create("limits", """
                    {"name": "%s", "match": {"api": "demo"}, "per": ["key"],
                     "limit": {"algorithm": "token-bucket", "unit": "requests",
                               "capacity": 600, "refill": 600, "periodSeconds": 60}}
                    """.formatted(LIMIT));
        }
        if (!management.hasNamed("budgets", BUDGET)) {
            management.create("budgets", """
                    {"name": "%s", "scope": {"type": "workspace"}, "amountNanos": 25000000000,
                     "period": "month", "shutoff": true, "estimate": "strict", "thresholds": [50, 80, 100]}
                    """.formatted(BUDGET));
        }
    }

    private void prepareAlerts() {
        if (management.hasNamed("channels", CHANNEL) || management.hasNamed("alert-rules", RULE)) {
            return;
        }
        JsonNode channel = management.create("channels", """
                {"name": "%s", "type": "email", "target": {"to": ["%s"]}}
                """.formatted(CHANNEL, adminEmail));
        management.create("alert-rules", """
                {"name": "%s", "when": {"type": "budget-threshold"}, "channels": ["%s"]}
                """.formatted(RULE, channel.path("id").asString()));
    }

    private String newKey() {
        JsonNode created = management.create("keys", """
                {"name": "demo", "environment": "live"}
                """);
        String secret = created.path("secret").asString();
        secrets.keepDemoKey(created.path("id").asString(), secret);
        return secret;
    }

    private boolean isActive(Secrets.DemoKey key) {
        return management
                .find("keys/" + key.id())
                .filter(found -> found.path("status").asString("").equals("active"))
                .isPresent();
    }
}
