package io.rateguard.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.rule.Defaults;
import io.rateguard.alerts.testbed.Spender;
import io.rateguard.alerts.testbed.TestBed;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What workspaces are told in which nobody has configured anything, and what becomes of it as things change. */
class DefaultsIT {

    private static TestBed bed;

    private final WorkspaceId workspace = bed.workspace();
    private final String ada = bed.owner(workspace);
    private final BudgetId budget = bed.budget(workspace, "Team");

    @BeforeAll
    static void startTwo() {
        bed = new TestBed();
        bed.start(Duration.ofMillis(100));
        bed.start(Duration.ofMillis(100));
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    void ownersHearOfEightyAndAHundredPercentOfABudgetWithoutALadder() {
        String bob = bed.owner(workspace);
        awaitDefaults();
        try (Spender spender = bed.spender(workspace)) {
            spender.spend(budget, 85);
            awaitStates("delivered");
            spender.spend(budget, 20);
            awaitStates("delivered", "delivered");
        }

        List<String> told =
                List.of("RateGuard: budget \"Team\" has reached 80 %", "RateGuard: budget \"Team\" has reached 100 %");
        assertThat(subjects(ada)).isEqualTo(told);
        assertThat(subjects(bob)).isEqualTo(told);
    }

    @Test
    void whatCrossesBothAtOnceIsToldOnce() {
        awaitDefaults();
        try (Spender spender = bed.spender(workspace)) {
            spender.settle(budget, 105);
            awaitStates("delivered");
        }

        assertThat(bed.crossings(workspace)).containsExactly(80, 100);
        assertThat(subjects(ada)).containsExactly("RateGuard: budget \"Team\" has reached 100 %");
    }

    @Test
    void aChannelThatTwoRulesTellHearsOnce() {
        awaitDefaults();
        UUID owners = bed.owner()
                .sql("SELECT id FROM channels WHERE workspace_id = ?")
                .param(workspace.value())
                .query(UUID.class)
                .single();
        bed.rule(workspace, owners);
        try (Spender spender = bed.spender(workspace)) {
            spender.spend(budget, 85);
            awaitStates("delivered");
        }

        assertThat(bed.crossings(workspace)).containsExactly(80, 80);
        assertThat(subjects(ada)).hasSize(1);
    }

    @Test
    void whoIsNamedInSeveralChannelsHearsOnce() {
        String bob = bed.owner(workspace);
        awaitDefaults();
        String shouted = ada.toUpperCase(Locale.ROOT);
        bed.rule(
                workspace,
                bed.emailChannel(workspace, shouted),
                bed.emailChannel(workspace, bob),
                bed.emailChannel(workspace, bob));
        try (Spender spender = bed.spender(workspace)) {
            spender.spend(budget, 85);
            awaitStates("delivered", "delivered", "delivered", "delivered");
        }

        assertThat(bed.mailTo(shouted)).hasSize(1);
        assertThat(bed.mailTo(bob)).hasSize(1);
        assertThat(bed.mailTo(ada)).isEmpty();
        assertThat(bed.owner()
                        .sql("SELECT count(*) FROM deliveries WHERE workspace_id = ? AND answer IS NOT NULL")
                        .param(workspace.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void whoDeletesTheRulesHasSwitchedThemOff() {
        awaitDefaults();
        change("UPDATE alert_rules SET deleted_at = now() WHERE workspace_id = ?");
        change("UPDATE channels SET deleted_at = now() WHERE workspace_id = ?");

        assertThat(new Defaults(bed.database()).give()).isZero();

        assertThat(rules(workspace)).isZero();
    }

    @Test
    void manyServicesGiveThemOnce() throws Exception {
        List<WorkspaceId> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            WorkspaceId each = bed.workspace();
            bed.owner(each);
            all.add(each);
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> given = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                given.add(threads.submit(() -> new Defaults(bed.database()).give()));
            }
            for (Future<Integer> each : given) {
                each.get(30, TimeUnit.SECONDS);
            }
        }

        assertThat(all).allSatisfy(each -> assertThat(rules(each)).isEqualTo(2));
    }

    @Test
    void whoIsNoOwnerAnyMoreHearsNothingAnyMore() {
        String bob = bed.owner(workspace);
        String eve = bed.owner(workspace);
        awaitDefaults();
        bed.owner()
                .sql("DELETE FROM memberships WHERE user_id = (SELECT id FROM users WHERE email = ?)")
                .param(bob)
                .update();
        bed.owner()
                .sql("UPDATE users SET disabled_at = now() WHERE email = ?")
                .param(eve)
                .update();
        try (Spender spender = bed.spender(workspace)) {
            spender.spend(budget, 85);
            awaitStates("delivered");
        }

        assertThat(subjects(ada)).hasSize(1);
        assertThat(subjects(bob)).isEmpty();
        assertThat(subjects(eve)).isEmpty();
    }

    @Test
    void aWorkspaceWhoseLastOwnerIsGoneSaysSo() {
        awaitDefaults();
        change("DELETE FROM memberships WHERE workspace_id = ?");
        try (Spender spender = bed.spender(workspace)) {
            spender.spend(budget, 85);
            awaitStates("failed");
        }

        assertThat(troubles("failed")).containsExactly("the workspace has no owner");
    }

    @Test
    void aBudgetThatIsRaisedIsToldAgainByItsNewAmount() {
        awaitDefaults();
        try (Spender spender = bed.spender(workspace)) {
            spender.spend(budget, 85);
            awaitStates("delivered");
            change("UPDATE budgets SET amount_nanos = 110 WHERE workspace_id = ?");
            spender.settle(budget, 5);
            awaitStates("delivered", "delivered");
        }

        assertThat(bed.owner()
                        .sql("SELECT amount_nanos FROM crossings WHERE workspace_id = ? ORDER BY id")
                        .param(workspace.value())
                        .query(Long.class)
                        .list())
                .containsExactly(100L, 110L);
        assertThat(bed.mailTo(ada)).hasSize(2);
    }

    @Test
    void nobodyIsToldOfABudgetThatIsDeleted() {
        bed.mail().stop();
        awaitDefaults();
        BudgetId other = bed.budget(workspace, "Other");
        try (Spender spender = bed.spender(workspace)) {
            spender.spend(budget, 85);
            // Tried in vain: what is under way is told as things were when it was begun.
            TestBed.await(
                    "the first attempt's trouble", () -> !troubles("pending").isEmpty());
            change("UPDATE budgets SET deleted_at = now() WHERE name = 'Team' AND workspace_id = ?");
            bed.mail().start();
            spender.spend(budget, 20);
            spender.spend(other, 85);
            awaitStates("failed", "delivered");
        }

        assertThat(troubles("failed")).containsExactly("its rule or budget has been deleted");
        assertThat(subjects(ada)).containsExactly("RateGuard: budget \"Other\" has reached 80 %");
    }

    private void awaitDefaults() {
        TestBed.await("defaults", () -> rules(workspace) == 2);
    }

    private static int rules(WorkspaceId of) {
        return bed.owner()
                .sql("SELECT count(*) FROM alert_rules WHERE workspace_id = ? AND deleted_at IS NULL")
                .param(of.value())
                .query(Integer.class)
                .single();
    }

    private void awaitStates(String... states) {
        TestBed.await(String.join(", ", states), () -> bed.states(workspace).equals(List.of(states)));
    }

    private List<String> troubles(String state) {
        return bed.owner()
                .sql("SELECT trouble FROM deliveries WHERE workspace_id = ? AND state = ? AND trouble IS NOT NULL")
                .param(workspace.value())
                .param(state)
                .query(String.class)
                .list();
    }

    private void change(String sql) {
        bed.owner().sql(sql).param(workspace.value()).update();
    }

    /** Of messages to several the server keeps a copy for each of them. */
    private static List<String> subjects(String address) {
        return bed.mailTo(address).stream().map(DefaultsIT::subject).distinct().toList();
    }

    private static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
