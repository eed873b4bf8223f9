package io.rateguard.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.rule.WatchedBudgets;
import io.rateguard.alerts.testbed.Receiver.Received;
import io.rateguard.alerts.testbed.Spender;
import io.rateguard.alerts.testbed.TestBed;
import io.rateguard.domain.budget.IncreaseOffer;
import io.rateguard.domain.event.BudgetCrossed;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two alerts services side by side, both reading, looking and delivering. */
class AlertsIT {

    /** So often that both also find what the other was told. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private static TestBed bed;
    private static Alerts first;
    private static Alerts second;

    @BeforeAll
    static void startTwo() {
        bed = new TestBed();
        first = bed.start(LOOK_EVERY);
        second = bed.start(LOOK_EVERY);
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    void crossingEightyPercentDeliversOneEmailAndOneSlackMessage() throws Exception {
        Scene scene = new Scene("Team", 80);
        try (Spender spender = bed.spender(scene.workspace);
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> spending = new ArrayList<>();
            for (int i = 0; i < 90; i++) {
                spending.add(threads.submit(() -> spender.spend(scene.budget, 1, 80)));
            }
            for (Future<?> each : spending) {
                each.get(30, TimeUnit.SECONDS);
            }
        }

        scene.awaitDelivered(2);

        assertThat(bed.crossings(scene.workspace)).containsExactly(80);
        assertThat(scene.mail()).hasSize(1);
        assertThat(scene.slack()).hasSize(1);
        MimeMessage email = scene.mail().getFirst();
        assertThat(email.getSubject()).isEqualTo("RateGuard: budget \"Team\" has reached 80 %");
        assertThat(email.getFrom()[0].toString()).isEqualTo("alerts@rateguard.example");
        assertThat(email.getMessageID())
                .isEqualTo("<" + email.getHeader("X-RateGuard-Event-Id")[0] + "@rateguard.example>");
        assertThat(parts(email)).anyMatch(part -> part.contains("Spent:")).anyMatch(part -> part.contains("<html"));
        assertThat(scene.slack().getFirst().body().path("text").asString())
                .startsWith("🟠 Budget \"Team\" has reached 80 %.");
        assertThat(scene.slack().getFirst().eventId()).isNotBlank();
    }

    @Test
    void aCrossingToldAgainTellsNothingNew() {
        Scene scene = new Scene("Again", 80);
        Scene behind = new Scene("Behind", 80);
        try (Spender spender = bed.spender(scene.workspace);
                Spender other = bed.spender(behind.workspace)) {
            List<BudgetCrossed> crossed = spender.spend(scene.budget, 85, 80);
            scene.awaitDelivered(2);

            for (int i = 0; i < 5; i++) {
                crossed.forEach(spender::tell);
            }
            other.spend(behind.budget, 85, 80);
            behind.awaitDelivered(2);
        }

        assertThat(bed.states(scene.workspace)).hasSize(2);
        assertThat(scene.mail()).hasSize(1);
        assertThat(scene.slack()).hasSize(1);
    }

    @Test
    void aBudgetThatShutsOffOffersMore() {
        Scene scene = new Scene("Offer", 80);
        try (Spender spender = bed.spender(scene.workspace)) {
            spender.spend(scene.budget, 85, 80);
        }
        scene.awaitDelivered(2);

        String link = scene.slack()
                .getFirst()
                .body()
                .path("blocks")
                .path(3)
                .path("elements")
                .path(1)
                .path("url")
                .asString();
        String before = "/increase?offer=";
        String token = link.substring(link.indexOf(before) + before.length());
        IncreaseOffer offer =
                IncreaseOffer.opened(token, bed.secrets(), scene.workspace).orElseThrow();
        assertThat(link).startsWith("https://console.example/w/");
        assertThat(offer.budget()).isEqualTo(scene.budget);
        assertThat(offer.amount()).isEqualTo(Money.ofNanos(25));
    }

    @Test
    void eachStepOfTheLadderIsToldAsItIsReached() {
        Scene scene = new Scene("Steps", 50, 80, 100);
        try (Spender spender = bed.spender(scene.workspace)) {
            for (int step = 1; step <= 3; step++) {
                spender.spend(scene.budget, step == 1 ? 55 : 30, 50, 80, 100);
                scene.awaitDelivered(2 * step);
            }
        }

        assertThat(scene.slack())
                .extracting(each -> each.body().path("text").asString().split("\\.")[0])
                .containsExactly(
                        "🟠 Budget \"Steps\" has reached 50 %",
                        "🟠 Budget \"Steps\" has reached 80 %", "🔴 Budget \"Steps\" has reached 100 %");
    }

    @Test
    void whatNobodyToldIsFoundAndOnlyTheHighestStepOfItIsSent() {
        Scene scene = new Scene("Lost", 50, 80, 100);
        try (Spender spender = bed.spender(scene.workspace)) {
            assertThat(spender.settle(scene.budget, 85, 50, 80, 100)).hasSize(2);
        }

        scene.awaitDelivered(2);

        assertThat(bed.crossings(scene.workspace)).containsExactly(50, 80);
        assertThat(scene.mail()).hasSize(1);
        assertThat(scene.slack().getFirst().body().path("text").asString()).contains("has reached 80 %");
    }

    @Test
    void aBudgetThatCountsApartTellsOfEachValue() throws Exception {
        Scene scene = new Scene("Each customer", 80);
        scene.countApart("[\"customer\"]");
        try (Spender spender = bed.spender(scene.workspace)) {
            spender.spendFor("acme", scene.budget, 85, 80);
            scene.awaitDelivered(2);
            spender.spendFor("acme", scene.budget, 5, 80);
            spender.spendFor("zeta", scene.budget, 90, 80);
            scene.awaitDelivered(4);
        }

        assertThat(scene.mail()).hasSize(2);
        assertThat(parts(scene.mail().getFirst())).anyMatch(part -> part.contains("customer acme"));
        assertThat(parts(scene.mail().getLast())).anyMatch(part -> part.contains("customer zeta"));
    }

    @Test
    void whatIsFoundGoesByTheAmountThatCountsNow() {
        Scene increased = new Scene("Increased", 80);
        Scene over = new Scene("Increase is over", 80);
        increased.increase(100, "1 day");
        over.increase(100, "-1 second");
        try (Spender spender = bed.spender(over.workspace);
                Spender other = bed.spender(increased.workspace)) {
            other.settle(increased.budget, 165);
            spender.settle(over.budget, 85);
        }

        increased.awaitDelivered(2);
        over.awaitDelivered(2);

        assertThat(increased.amounts()).containsExactly(200L);
        assertThat(over.amounts()).containsExactly(100L);
    }

    @Test
    void whatIsLookedUpIsTheWindowOfTheBudgetsOwnYear() {
        Scene scene = new Scene("Fiscal", 80);
        bed.owner()
                .sql("UPDATE budgets SET fiscal_year_start = '04-15' WHERE id = ?")
                .param(scene.budget.value())
                .update();

        assertThat(new WatchedBudgets(bed.database()).all())
                .filteredOn(watched -> watched.budget().id().equals(scene.budget))
                .singleElement()
                .satisfies(watched -> assertThat(
                                watched.budget().windowAt(Instant.now()).name())
                        .matches("m.*-15"));
    }

    @Test
    void whatCannotBeLookedUpIsNotLookedAt() {
        Scene together = new Scene("Together", 80);
        Scene apart = new Scene("Apart", 80);
        apart.countApart("[\"key\"]");

        assertThat(new WatchedBudgets(bed.database()).all())
                .extracting(watched -> watched.budget().id())
                .contains(together.budget)
                .doesNotContain(apart.budget);
    }

    @Test
    void aReceiverThatFailsIsTriedAgainWithTheSameId() {
        Scene scene = new Scene("Failing", 80);
        bed.slack().answer(scene.path, 500, 503);
        try (Spender spender = bed.spender(scene.workspace)) {
            spender.spend(scene.budget, 85, 80);
        }

        scene.awaitDelivered(2);

        assertThat(scene.slack()).extracting(Received::answered).containsExactly(500, 503, 200);
        assertThat(scene.slack())
                .extracting(Received::eventId)
                .containsOnly(scene.slack().getFirst().eventId());
        assertThat(scene.mail()).hasSize(1);
    }

    @Test
    void aReceiverThatRefusesIsGivenUpAndSaidWhy() {
        Scene scene = new Scene("Refusing", 80);
        bed.slack().answer(scene.path, 410);
        try (Spender spender = bed.spender(scene.workspace)) {
            spender.spend(scene.budget, 85, 80);
        }

        TestBed.await("given up", () -> bed.states(scene.workspace).contains("failed"));

        assertThat(scene.troubles()).containsExactly("webhook answered 410");
    }

    @Test
    void noWebhookReachesAnAddressThatTheGuardForbids() {
        WorkspaceId workspace = bed.workspace();
        for (String url : List.of("http://10.0.0.1/secret-path", "http://169.254.169.254/secret-path")) {
            bed.queueTest(workspace, bed.slackChannel(workspace, url));
        }

        TestBed.await("given up", () -> bed.states(workspace).equals(List.of("failed", "failed")));

        assertThat(bed.owner()
                        .sql("SELECT trouble FROM deliveries WHERE workspace_id = ?")
                        .param(workspace.value())
                        .query(String.class)
                        .list())
                .allSatisfy(trouble -> assertThat(trouble)
                        .contains("a private, local or reserved address")
                        .doesNotContain("secret-path"));
    }

    @Test
    void anAddressThatCannotBeCalledIsGivenUpAndSaidWhy() {
        WorkspaceId workspace = bed.workspace();
        bed.queueTest(workspace, bed.slackChannel(workspace, "https://hooks.example.com:99999/secret-path"));

        TestBed.await("given up", () -> bed.states(workspace).equals(List.of("failed")));

        assertThat(bed.owner()
                        .sql("SELECT trouble FROM deliveries WHERE workspace_id = ?")
                        .param(workspace.value())
                        .query(String.class)
                        .list())
                .containsExactly("webhook: its address cannot be called");
    }

    @Test
    void aTestOfAChannelArrives() throws Exception {
        WorkspaceId workspace = bed.workspace();
        String address = UUID.randomUUID() + "@example.test";
        UUID delivery = bed.queueTest(workspace, bed.emailChannel(workspace, address));

        TestBed.await("delivered", () -> bed.states(workspace).equals(List.of("delivered")));

        assertThat(bed.mailTo(address)).hasSize(1);
        assertThat(bed.mailTo(address).getFirst().getSubject()).startsWith("RateGuard: test of channel");
        assertThat(bed.mailTo(address).getFirst().getMessageID()).isEqualTo("<" + delivery + "@rateguard.example>");
    }

    @Test
    void saysHowItIsDoing() {
        for (Alerts each : List.of(first, second)) {
            assertThat(bed.ask(each, "/health/live").statusCode()).isEqualTo(200);
            assertThat(bed.ask(each, "/metrics").body())
                    .contains("rateguard_alerts_ready 1", "rateguard_alerts_delivered_total");
        }
    }

    private static List<String> parts(MimeMessage message) throws Exception {
        List<String> parts = new ArrayList<>();
        collect((MimeMultipart) message.getContent(), parts);
        return parts;
    }

    private static void collect(MimeMultipart multipart, List<String> parts) throws Exception {
        for (int i = 0; i < multipart.getCount(); i++) {
            Object content = multipart.getBodyPart(i).getContent();
            if (content instanceof MimeMultipart nested) {
                collect(nested, parts);
            } else {
                parts.add(content.toString());
            }
        }
    }

    /** A workspace with one budget, watched by one rule that tells by email and Slack. */
    private static final class Scene {

        final WorkspaceId workspace = bed.workspace();
        final String path = UUID.randomUUID().toString();
        final String address = path + "@example.test";
        final BudgetId budget;

        Scene(String name, int... percents) {
            budget = bed.budget(workspace, name, percents);
            bed.rule(
                    workspace,
                    bed.emailChannel(workspace, address),
                    bed.slackChannel(workspace, bed.slack().url(path)));
        }

        void countApart(String per) {
            bed.owner()
                    .sql("UPDATE budgets SET per = ?::jsonb WHERE id = ?")
                    .param(per)
                    .param(budget.value())
                    .update();
        }

        void increase(long nanos, String life) {
            bed.owner()
                    .sql("INSERT INTO budget_increases (workspace_id, budget_id, amount_nanos, ends_at)"
                            + " VALUES (?, ?, ?, now() + ?::interval)")
                    .param(workspace.value())
                    .param(budget.value())
                    .param(nanos)
                    .param(life)
                    .update();
        }

        List<Long> amounts() {
            return bed.owner()
                    .sql("SELECT amount_nanos FROM crossings WHERE workspace_id = ?")
                    .param(workspace.value())
                    .query(Long.class)
                    .list();
        }

        void awaitDelivered(int count) {
            TestBed.await(
                    count + " deliveries",
                    () -> bed.states(workspace).stream()
                                    .filter("delivered"::equals)
                                    .count()
                            == count);
        }

        List<MimeMessage> mail() {
            return bed.mailTo(address);
        }

        List<Received> slack() {
            return bed.slack().received(path);
        }

        List<String> troubles() {
            return bed.owner()
                    .sql("SELECT trouble FROM deliveries WHERE workspace_id = ? AND trouble IS NOT NULL")
                    .param(workspace.value())
                    .query(String.class)
                    .list();
        }
    }
}
