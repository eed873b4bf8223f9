package io.rateguard.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.domain.secret.SecretBox;
import java.sql.Connection;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AlertsIT {

    private static final String WEBHOOK = "https://hooks.slack.com/services/T0/B0/very-secret";

    private final RunningConsole console = RunningConsole.get();
    private final String name = "alert " + UUID.randomUUID();

    @Test
    void keepsAnEmailChannelAsItWasGiven() {
        Answer created = console.post("channels", email());

        JsonNode channel = console.get("channels/" + id(created)).json();
        assertThat(created.status()).isEqualTo(201);
        assertThat(channel).isEqualTo(created.json());
        assertThat(channel.path("target").toString()).isEqualTo("{\"to\":[\"ada@acme.example\",\"bob@acme.example\"]}");
        assertThat(console.get("channels?limit=500").text()).contains(name);
    }

    @Test
    void sealsAWebhookAndNeverShowsIt() throws Exception {
        Answer created = console.post(
                "channels",
                "{\"name\":\"%s\",\"type\":\"slack\",\"target\":{\"webhookUrl\":\"%s\"}}".formatted(name, WEBHOOK));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("target").toString()).isEqualTo("{\"host\":\"hooks.slack.com\"}");
        assertThat(created.text() + console.get("channels/" + id(created)).text())
                .doesNotContain("very-secret");
        assertThat(opened(id(created))).isEqualTo(WEBHOOK);
    }

    @Test
    void sealsTheAddressAndTheSecretOfASignedWebhook() throws Exception {
        Answer created = console.post(
                "channels",
                "{\"name\":\"%s\",\"type\":\"webhook\",\"target\":{\"url\":\"%s\",\"secret\":\"%s\"}}"
                        .formatted(name, "https://pager.example/very-secret", "0123456789abcdef"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("target").toString()).isEqualTo("{\"host\":\"pager.example\"}");
        assertThat(created.text() + console.get("channels/" + id(created)).text())
                .doesNotContain("very-secret", "0123456789abcdef");
        assertThat(opened(id(created)))
                .isEqualTo("{\"url\":\"https://pager.example/very-secret\",\"secret\":\"0123456789abcdef\"}");
    }

    @Test
    void queuesATestThatTheHistoryShows() {
        String channel = id(console.post("channels", email()));

        Answer queued = console.post("channels/" + channel + "/test", "{}");

        assertThat(queued.status()).isEqualTo(202);
        assertThat(queued.json().path("state").asString()).isEqualTo("pending");
        assertThat(console.get("channels/" + channel + "/deliveries")
                        .json()
                        .path("items")
                        .path(0))
                .isEqualTo(queued.json());
        JsonNode newest = console.get("alert-history?limit=1").json().path("items");
        assertThat(newest.size()).isEqualTo(1);
        assertThat(newest.path(0).path("channel").asString()).isEqualTo(name);
        assertThat(newest.path(0).path("type").asString()).isEqualTo("test");
        assertThat(newest.path(0).path("state").asString()).isEqualTo("pending");
    }

    @Test
    void tellsOwnersByOneChannel() {
        Answer created = console.post("channels", "{\"name\":\"" + name + "\",\"type\":\"owners\"}");
        Answer second = console.post("channels", "{\"name\":\"" + name + " 2\",\"type\":\"owners\"}");
        console.delete("channels/" + id(created));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("target").toString()).isEqualTo("{}");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.detail()).isEqualTo("type: a channel to the owners exists");
    }

    @Test
    void keepsARuleOnOneThresholdOfOneBudget() {
        String channel = id(console.post("channels", email()));
        String budget = id(console.post(
                "budgets", "{\"name\":\"" + name + "\",\"amountNanos\":1,\"period\":\"day\",\"thresholds\":[50,80]}"));

        Answer created = console.post(
                "alert-rules",
                rule("{\"type\":\"budget-threshold\",\"subject\":\"" + budget + "\",\"percent\":80}", channel));

        JsonNode rule = console.get("alert-rules/" + id(created)).json();
        assertThat(created.status()).isEqualTo(201);
        assertThat(rule).isEqualTo(created.json());
        assertThat(rule.path("when").path("subject").asString()).isEqualTo(budget);
        assertThat(rule.path("when").path("percent").asInt()).isEqualTo(80);
        assertThat(rule.path("channels").toString()).isEqualTo("[\"" + channel + "\"]");
    }

    @Test
    void refusesAThresholdThatTheBudgetDoesNotHave() {
        String channel = id(console.post("channels", email()));
        String budget = id(console.post(
                "budgets", "{\"name\":\"" + name + "\",\"amountNanos\":1,\"period\":\"day\",\"thresholds\":[50,80]}"));

        Answer answer = console.post(
                "alert-rules",
                rule("{\"type\":\"budget-threshold\",\"subject\":\"" + budget + "\",\"percent\":70}", channel));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail())
                .isEqualTo("when.percent: 70 (expected: a threshold of the budget, which has [50, 80, 100])");
    }

    @Test
    void keepsAChannelThatARuleStillTells() {
        String channel = id(console.post("channels", email()));
        String rule = id(console.post("alert-rules", rule("{\"type\":\"budget-threshold\"}", channel)));

        Answer refused = console.delete("channels/" + channel);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).contains("is told by alert rules: " + name);

        assertThat(console.delete("alert-rules/" + rule).status()).isEqualTo(204);
        assertThat(console.delete("channels/" + channel).status()).isEqualTo(204);
        assertThat(console.get("channels/" + channel).status()).isEqualTo(404);
        assertThat(console.get("alert-rules/" + rule).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"type\":\"webhook\",\"target\":{\"url\":\"https://x.example\"}|target.secret: missing",
                "\"type\":\"webhook\",\"target\":{\"url\":\"https://x.example\",\"secret\":\"too short\"}|target.secret: 9 characters (expected: 16 to 256)",
                "\"type\":\"webhook\",\"target\":{\"url\":\"https://u@x.example\",\"secret\":\"0123456789abcdef\"}|target.url: no webhook (expected: https:// or http://, a host, no user, a port up to 65535, at most 2048 characters)",
                "\"type\":\"webhook\",\"target\":{\"webhookUrl\":\"https://x.example\"}|target.url: missing",
                "\"type\":\"owners\",\"target\":{\"to\":[\"ada@acme.example\"]}|target: Target[to=[ada@acme.example]] (expected: absent or empty for owners)",
                "\"type\":\"pigeon\",\"target\":{}|type: pigeon (expected: email, slack, webhook or owners)",
                "\"type\":\"email\",\"target\":{\"to\":[]}|target.to: 0 addresses (expected: 1 to 50)",
                "\"type\":\"email\",\"target\":{\"to\":[\"nobody\"]}|target.to: nobody (expected: an email address)",
                "\"type\":\"email\"|target.to: missing",
                "\"type\":\"slack\",\"target\":{\"webhookUrl\":\"ftp://secret.example\"}|target.webhookUrl: no webhook (expected: https:// or http://, a host, no user, a port up to 65535, at most 2048 characters)",
                "\"type\":\"slack\",\"target\":{\"webhookUrl\":\"https://hooks.example.com:99999/x\"}|target.webhookUrl: no webhook (expected: https:// or http://, a host, no user, a port up to 65535, at most 2048 characters)"
            })
    void namesWhatIsWrongWithAChannel(String fields, String detail) {
        Answer answer = console.post("channels", "{\"name\":\"" + name + "\"," + fields + "}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"moon\"}|when.type: moon (expected: budget-threshold, forecast, spike, error-rate, latency, refusals, key-expiring, unpriced, degraded, upstream-failing, surge, runaway)",
                "{\"type\":\"error-rate\",\"percent\":101}|when.percent: 101 (expected: 1 to 100)",
                "{\"type\":\"spike\",\"percent\":100}|when.percent: 100 (expected: 101 to 100000)",
                "{\"type\":\"latency\",\"percent\":5}|when.percent: 5 (expected: absent for latency)",
                "{\"type\":\"latency\",\"millis\":0}|when.millis: 0 (expected: 1 to 3600000)",
                "{\"type\":\"refusals\",\"windowSeconds\":30}|when.windowSeconds: 30 (expected: 60 to 86400)",
                "{\"type\":\"refusals\",\"windowSeconds\":90}|when.windowSeconds: 90 (expected: whole minutes)",
                "{\"type\":\"forecast\",\"windowSeconds\":60}|when.windowSeconds: 60 (expected: absent for forecast)",
                "{\"type\":\"degraded\",\"minimum\":0}|when.minimum: 0 (expected: 1 to 1000000)",
                "{\"type\":\"key-expiring\",\"minimum\":1}|when.minimum: 1 (expected: absent for key-expiring)",
                "{\"type\":\"key-expiring\",\"subject\":\"k\"}|when.subject: k (expected: the id of a key)",
                "{\"type\":\"key-expiring\",\"subject\":\"00000000-0000-7000-8000-000000000000\"}|when.subject: 00000000-0000-7000-8000-000000000000 (expected: the id of a key in this workspace)",
                "{\"type\":\"budget-threshold\",\"percent\":0}|when.percent: 0 (expected: 1 to 1000)",
                "{\"type\":\"budget-threshold\",\"subject\":\"b\"}|when.subject: b (expected: the id of a budget)",
                "{\"type\":\"budget-threshold\",\"subject\":\"00000000-0000-7000-8000-000000000000\"}|when.subject: 00000000-0000-7000-8000-000000000000 (expected: the id of a budget in this workspace)"
            })
    void namesWhatIsWrongWithARule(String when, String detail) {
        String channel = id(console.post("channels", email()));

        Answer answer = console.post("alert-rules", rule(when, channel));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo(detail);
    }

    @Test
    void keepsATimedRuleAndMutesIt() {
        String channel = id(console.post("channels", email()));
        String when =
                "{\"type\":\"latency\",\"subject\":null,\"percent\":null,\"millis\":2000,\"windowSeconds\":600,\"minimum\":50}";

        Answer created = console.post("alert-rules", rule(when, channel));
        Answer muted = console.post("alert-rules/" + id(created) + "/mute", "{\"until\":\"2099-01-01T00:00:00Z\"}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("when")).isEqualTo(JsonMapper.shared().readTree(when));
        assertThat(created.json().path("mutedUntil").isNull()).isTrue();
        assertThat(muted.json().path("mutedUntil").asString()).isEqualTo("2099-01-01T00:00:00Z");
        assertThat(console.get("alert-rules/" + id(created)).json()).isEqualTo(muted.json());
        assertThat(console.post("alert-rules/" + id(created) + "/mute", "{\"until\":null}")
                        .json()
                        .path("mutedUntil")
                        .isNull())
                .isTrue();
    }

    @Test
    void refusesARuleOnAnApiThatThereIsNot() {
        String channel = id(console.post("channels", email()));

        Answer answer =
                console.post("alert-rules", rule("{\"type\":\"error-rate\",\"subject\":\"no-such-api\"}", channel));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).startsWith("when.subject: no-such-api (expected: ");
    }

    @Test
    void refusesAChannelThatDoesNotExist() {
        Answer answer = console.post(
                "alert-rules", rule("{\"type\":\"budget-threshold\"}", "00000000-0000-7000-8000-000000000000"));

        assertThat(answer.detail())
                .isEqualTo(
                        "channels: 00000000-0000-7000-8000-000000000000 (expected: the id of a channel in this workspace)");
    }

    private String email() {
        return "{\"name\":\"%s\",\"type\":\"email\",\"target\":{\"to\":[\"ada@acme.example\",\"bob@acme.example\"]}}"
                .formatted(name);
    }

    private String rule(String when, String channel) {
        return "{\"name\":\"%s\",\"when\":%s,\"channels\":[\"%s\"]}".formatted(name, when, channel);
    }

    private String opened(String channel) throws Exception {
        try (Connection owner = console.database().owner()) {
            byte[] sealed =
                    (byte[]) TestDatabase.column(owner, "SELECT sealed FROM channels WHERE id = '" + channel + "'")
                            .getFirst();
            return console.context().getBean(SecretBox.class).open(sealed, channel);
        }
    }

    private static String id(Answer created) {
        return created.json().path("id").asString();
    }
}
