package io.rateguard.console.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.Recording;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.UsageSource;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Limits tried on ten requests of one key and one that was refused, a second apart, in a minute of long ago. */
class BacktestsIT {

    private static final RunningConsole CONSOLE = RunningConsole.get();
    private static final Instant FROM = Instant.parse("2026-02-03T04:00:00Z");
    private static final String RANGE = "?from=2026-02-03T04:00:00Z&to=2026-02-03T05:00:00Z";
    private static final String TWO_A_MINUTE =
            "{\"algorithm\":\"sliding-window\",\"unit\":\"requests\",\"max\":2,\"windowSeconds\":60}";

    private static RequestEvent[] events;
    private static String key;
    private static String successor;

    @BeforeAll
    static void record() throws SQLException {
        WorkspaceId workspace = CONSOLE.database().workspace("acme");
        key = CONSOLE.post("keys", "{\"name\":\"backtested\"}")
                .json()
                .path("id")
                .asString();
        successor = CONSOLE.post("keys/" + key + "/rotate", "{\"graceSeconds\":3600}")
                .json()
                .path("id")
                .asString();
        events = new RequestEvent[11];
        for (int i = 0; i < 10; i++) {
            events[i] = event(workspace, FROM.plusSeconds(i), i < 5 ? key : successor, Decision.ALLOWED);
        }
        events[10] = event(workspace, FROM, key, Decision.LIMITED);
        Recording.keep(CONSOLE, events);
    }

    @Test
    void tellsHowMuchWhoseAndWhen() {
        Answer answer = backtest(RANGE, "\"per\":[\"key\"],\"limit\":" + TWO_A_MINUTE);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode tried = answer.json();
        assertThat(tried.path("requests").asLong()).isEqualTo(10);
        assertThat(tried.path("refused").asLong()).isEqualTo(8);
        assertThat(tried.path("refusedCostNanos").asLong()).isEqualTo(8_000);
        assertThat(tried.path("complete").asBoolean()).isTrue();
        assertThat(tried.path("whose").size()).isEqualTo(1);
        assertThat(tried.path("whose").path(0).path("counter").path("key").asString())
                .isEqualTo(key);
        assertThat(tried.path("when").size()).isEqualTo(60);
        assertThat(tried.path("when").path(0).path("refused").asLong()).isEqualTo(8);
        assertThat(tried.path("first").path(0).asString())
                .isEqualTo(events[2].requestId().value());
    }

    @Test
    void looksAtWhatTheLimitIsAboutAlone() {
        assertThat(refused("\"match\":{\"key\":\"" + successor + "\"},\"limit\":" + TWO_A_MINUTE))
                .isEqualTo(8);
        assertThat(refused("\"match\":{\"model\":\"gpt-5*\"},\"limit\":" + TWO_A_MINUTE))
                .isZero();
        assertThat(refused("\"match\":{\"path\":\"/nowhere\"},\"limit\":" + TWO_A_MINUTE))
                .isZero();
    }

    @Test
    void countsCostAsItWas() {
        assertThat(
                        refused(
                                "\"limit\":{\"algorithm\":\"sliding-window\",\"unit\":\"cost\",\"max\":3500,\"windowSeconds\":60}"))
                .isEqualTo(7);
    }

    @Test
    void savesNothing() {
        String before = CONSOLE.get("limits?limit=500").text();

        refused("\"limit\":" + TWO_A_MINUTE);

        assertThat(CONSOLE.get("limits?limit=500").text()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?from=2026-02-03T05:00:00Z&to=2026-02-03T04:00:00Z|'\"limit\":{}'|limit.algorithm: missing",
                "?from=2026-02-03T05:00:00Z&to=2026-02-03T04:00:00Z|LIMIT|from: 2026-02-03T05:00:00Z (expected: before to",
                "?from=2026-01-01T00:00:00Z&to=2026-02-03T04:00:00Z|LIMIT|from: 2026-01-01T00:00:00Z (expected: up to 31 days before to",
                "?from=yesterday|LIMIT|from: yesterday (expected: a time such as",
                "?to=2026-02-03T05:00:00Z|'\"per\":[\"ip\"],LIMIT'|per: ip (expected: what is recorded of requests"
            })
    void namesWhatCannotBeTried(String range, String limit, String detail) {
        Answer answer = backtest(range, limit.replace("LIMIT", "\"limit\":" + TWO_A_MINUTE));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).startsWith(detail);
    }

    private static long refused(String limit) {
        Answer answer = backtest(RANGE, limit);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("refused").asLong();
    }

    private static Answer backtest(String range, String limit) {
        return CONSOLE.post("limits/backtest" + range, "{\"name\":\"tried\"," + limit + "}");
    }

    private static RequestEvent event(WorkspaceId workspace, Instant time, String by, Decision decision) {
        RequestEvent event =
                Recording.event(workspace, time, "gpt-4o", decision, UsageSource.PROVIDER, Outcome.COMPLETED);
        return new RequestEvent(
                event.requestId(),
                new RequestEvent.Caller(workspace, ApiKeyId.of(by), "backtested", null, null, Map.of()),
                event.call(),
                event.times(),
                event.verdict(),
                event.metering(),
                event.charges());
    }
}
