package io.rateguard.console.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.Crossings;
import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.domain.budget.IncreaseOffer;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.secret.SecretBox;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** More money for budgets by what alerts offer. */
class IncreaseOffersIT {

    private static final Instant TOMORROW =
            Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);

    private final RunningConsole console = RunningConsole.get();
    private final WorkspaceId workspace;
    private final String budget = console.post(
                    "budgets",
                    "{\"name\":\"offer " + UUID.randomUUID() + "\",\"amountNanos\":100,\"period\":\"month\"}")
            .json()
            .path("id")
            .asString();

    IncreaseOffersIT() throws SQLException {
        workspace = console.database().workspace("acme");
    }

    @Test
    void whatAnAlertOffersIsAddedOnce() throws Exception {
        String token = token(Crossings.add(console, budget), TOMORROW);

        Answer taken = take(token);
        Answer again = take(token);

        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.json().path("amountInForceNanos").asLong()).isEqualTo(125);
        assertThat(taken.json().path("increases").path(0).path("until").asString())
                .isEqualTo(TOMORROW.toString());
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.detail()).startsWith("token: taken already, at ");
        assertThat(console.get("budgets/" + budget)
                        .json()
                        .path("amountInForceNanos")
                        .asLong())
                .isEqualTo(125);
    }

    @Test
    void whatHasExpiredIsOfferedNoMore() throws Exception {
        Answer late = take(token(Crossings.add(console, budget), Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.detail()).isEqualTo("token: expired at 2026-01-01T00:00:00Z");
    }

    @Test
    void whatAnotherWorkspaceOffersIsNone() throws Exception {
        String foreign =
                offer(Crossings.add(console, budget), TOMORROW).sealed(box(), new WorkspaceId(UUID.randomUUID()));

        assertThat(take(foreign).status()).isEqualTo(422);
        assertThat(take("nonsense").detail())
                .isEqualTo("token: no offer (expected: one that an alert of this workspace has)");
        assertThat(console.post("budgets/offers", "{}").detail()).startsWith("token: missing");
    }

    @Test
    void ofADeletedBudgetNothingIsAdded() throws Exception {
        String token = token(Crossings.add(console, budget), TOMORROW);
        console.delete("budgets/" + budget);

        assertThat(take(token).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"owner,201", "admin,201", "developer,201", "viewer,403", "billing,403"})
    void whoMayChangeBudgetsMayTakeIt(String role, int status) throws Exception {
        Secret secret = console.database().token("acme", role);

        Answer answer = console.ask(
                "POST",
                "/api/v1/workspaces/acme/budgets/offers",
                secret,
                "{\"token\":\"" + token(Crossings.add(console, budget), TOMORROW) + "\"}");

        assertThat(answer.status()).isEqualTo(status);
    }

    private Answer take(String token) {
        return console.post("budgets/offers", "{\"token\":\"" + token + "\"}");
    }

    private String token(UUID crossing, Instant expires) {
        return offer(crossing, expires).sealed(box(), workspace);
    }

    private IncreaseOffer offer(UUID crossing, Instant expires) {
        return new IncreaseOffer(BudgetId.of(budget), crossing, Money.ofNanos(25), TOMORROW, expires);
    }

    private SecretBox box() {
        return console.context().getBean(SecretBox.class);
    }
}
