package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.ChargedSpend.Charged;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChargedSpendIT {

    private static final UUID OTHER = new UUID(7, 7);

    private static Recorded recorded;
    private static List<RequestEvent> ofOther;
    private static ChargedSpend question;

    @BeforeAll
    static void record() {
        recorded = Recorded.of(23, 2, 1_000);
        ofOther = recorded.samples().take(200);
        Recorded.insert(recorded.clickHouse(), ofOther, OTHER, "other");
        question = new ChargedSpend(recorded.clickHouse());
    }

    @AfterAll
    static void close() {
        recorded.clickHouse().close();
    }

    @Test
    void addsUpWhatEachWindowWasCharged() {
        List<RequestEvent> all = new ArrayList<>(recorded.events());
        all.addAll(ofOther);

        for (WorkspaceId workspace : workspaces()) {
            assertThat(question.ask(workspace, Instant.EPOCH, List.of()))
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(expected(all, workspace, 0));
        }
    }

    @Test
    void leavesOutTheJournalsOfThoseWhoTellThemselves() {
        WorkspaceId workspace = workspaces().getFirst();

        assertThat(question.ask(workspace, Instant.EPOCH, List.of(OTHER, UUID.randomUUID())))
                .containsExactlyInAnyOrderElementsOf(expected(recorded.events(), workspace, 0));
        assertThat(question.ask(workspace, Instant.EPOCH, List.of(Recorded.JOURNAL)))
                .containsExactlyInAnyOrderElementsOf(expected(ofOther, workspace, 0));
    }

    @Test
    void leavesOutWindowsThatHaveEnded() {
        WorkspaceId workspace = workspaces().getFirst();
        long last = recorded.events().stream()
                .flatMap(event -> event.charges().stream())
                .mapToLong(RequestEvent.Charge::windowEndMillis)
                .max()
                .orElseThrow();

        assertThat(question.ask(workspace, Instant.ofEpochMilli(last), List.of()))
                .isEmpty();
    }

    @Test
    void aBlockThatIsInsertedAgainCountsOnce() {
        WorkspaceId workspace = workspaces().getFirst();
        List<Charged> before = question.ask(workspace, Instant.EPOCH, List.of());

        Recorded.insert(recorded.clickHouse(), ofOther, OTHER, "other");

        assertThat(question.ask(workspace, Instant.EPOCH, List.of())).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void seesNothingOfAnotherWorkspace() {
        assertThat(question.ask(new WorkspaceId(UUID.randomUUID()), Instant.EPOCH, List.of()))
                .isEmpty();
    }

    private static List<WorkspaceId> workspaces() {
        return recorded.events().stream()
                .map(event -> event.caller().workspace())
                .distinct()
                .toList();
    }

    private record Key(BudgetId budget, BudgetWindow window) {}

    private static List<Charged> expected(List<RequestEvent> events, WorkspaceId workspace, long atMillis) {
        Map<Key, Money> sums = new HashMap<>();
        for (RequestEvent event : events) {
            if (event.caller().workspace().equals(workspace)) {
                for (RequestEvent.Charge charge : event.charges()) {
                    if (charge.windowEndMillis() > atMillis) {
                        BudgetWindow window =
                                new BudgetWindow(charge.window(), charge.windowStartMillis(), charge.windowEndMillis());
                        sums.merge(new Key(charge.budget(), window), Money.ofNanos(charge.chargedNanos()), Money::plus);
                    }
                }
            }
        }
        sums.values().removeIf(Money.ZERO::equals);
        return sums.entrySet().stream()
                .map(sum -> new Charged(sum.getKey().budget(), sum.getKey().window(), sum.getValue(), Money.ZERO))
                .toList();
    }
}
