package io.rateguard.console.apis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.analytics.question.ApiHealth;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.analytics.table.ClickHouseFailure;
import io.rateguard.analytics.table.ClickHouseSettings;
import io.rateguard.analytics.table.IntakeProgress;
import io.rateguard.console.fixture.Recording;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.SignedIn;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.UsageSource;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How APIs stand, by what was recorded of them. */
class ApiHealthsIT {

    private final RunningConsole console = RunningConsole.get();

    @AfterEach
    void signOut() {
        SignedIn.out();
    }

    @Test
    void standsInTheListOfApis() throws SQLException {
        String quiet = "quiet-" + UUID.randomUUID();
        create("demo");
        create(quiet);
        Instant recent = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
        Recording.keep(
                console,
                Recording.event(console.database().workspace("acme"), recent, UsageSource.PROVIDER, Outcome.COMPLETED));

        JsonNode demo = health("demo");

        assertThat(demo.path("state").asString()).isEqualTo("healthy");
        assertThat(demo.path("why").asString()).endsWith(" in 15 minutes, none failed.");
        assertThat(demo.path("requests").asInt()).isPositive();
        assertThat(demo.path("failed").asInt()).isZero();
        assertThat(Instant.parse(demo.path("lastGoodAt").asString())).isAfterOrEqualTo(recent);
        assertThat(health(quiet).path("state").asString()).isEqualTo("quiet");
        assertThat(health(quiet).path("lastGoodAt").isNull()).isTrue();
        assertThat(console.get("apis/demo").json().has("health")).isFalse();
    }

    @Test
    void saysThatTheHistoryDoesNotAnswer() throws SQLException {
        SignedIn.as(console, RunningConsole.EMAIL);
        WorkspaceId acme = console.database().workspace("acme");
        try (ClickHouse away = ClickHouse.open(new ClickHouseSettings("http://127.0.0.1:1", "u", "p", "d"))) {
            ApiHealths healths = new ApiHealths(
                    console.context().getBean(Access.class),
                    new ApiHealth(away),
                    new IntakeProgress(away, "api-events"),
                    Clock.systemUTC());

            assertThatThrownBy(() -> healths.read(acme)).isInstanceOf(ClickHouseFailure.class);
        }
    }

    private JsonNode health(String slug) {
        for (JsonNode api : console.get("apis?limit=500").json().path("items")) {
            if (api.path("slug").asString().equals(slug)) {
                return api.path("health");
            }
        }
        throw new AssertionError(slug);
    }

    private void create(String slug) {
        console.post("apis", """
                {"slug":"%s","profile":"generic","baseUrl":"https://api.example","auth":{"type":"none"}}""".formatted(slug));
    }
}
