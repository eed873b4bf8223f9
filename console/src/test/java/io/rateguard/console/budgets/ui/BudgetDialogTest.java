package io.rateguard.console.budgets.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import io.rateguard.console.budgets.Budgets.Saved;
import io.rateguard.console.budgets.NewBudget;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.Budget.Estimate;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.OnStoreFailure;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the form offers; it asks its service nothing before it is saved. */
class BudgetDialogTest {

    private static final NewBudget COUNTING =
            new NewBudget(null, null, null, null, null, null, null, null, null, null, null, null);

    @Test
    void offersForAStrictBudgetThatBecomesElasticWhatElasticOnesUsuallyDo() {
        BudgetDialog dialog = dialog(Estimate.STRICT, OnStoreFailure.CLOSED);

        assertThat(failing(dialog).isVisible()).isFalse();
        estimate(dialog).setValue(Estimate.ELASTIC);

        assertThat(failing(dialog).isVisible()).isTrue();
        assertThat(saved(dialog)).isEqualTo("open");
    }

    @Test
    void leavesAStrictBudgetWithoutAChoice() {
        BudgetDialog dialog = dialog(Estimate.ELASTIC, OnStoreFailure.OPEN);

        estimate(dialog).setValue(Estimate.STRICT);

        assertThat(saved(dialog)).isNull();
    }

    @Test
    void keepsWhatWasChosenForAnElasticBudgetWhileSomebodyTriesTheOther() {
        BudgetDialog dialog = dialog(Estimate.ELASTIC, OnStoreFailure.CLOSED);

        estimate(dialog).setValue(Estimate.STRICT);
        estimate(dialog).setValue(Estimate.ELASTIC);

        assertThat(saved(dialog)).isEqualTo("closed");
    }

    @Test
    void keepsItOfABudgetThatRefusesNothing() {
        BudgetDialog dialog = dialog(Estimate.ELASTIC, OnStoreFailure.CLOSED);

        shutoff(dialog).setValue(false);

        assertThat(saved(dialog)).isEqualTo("closed");
    }

    private static String saved(BudgetDialog dialog) {
        return dialog.wanted(COUNTING, List.of()).onStoreFailure();
    }

    private static BudgetDialog dialog(Estimate estimate, OnStoreFailure failing) {
        Budget budget = new Budget(
                new BudgetId(new UUID(0, 1)),
                "Search",
                BudgetScope.WORKSPACE,
                Money.ofNanos(1),
                BudgetPeriod.MONTH,
                ZoneOffset.UTC,
                true,
                estimate,
                Ladder.NONE,
                failing);
        Workspace acme = new Workspace(new WorkspaceId(new UUID(0, 2)), "acme", "Acme", ZoneOffset.UTC, false);
        return new BudgetDialog(
                null, acme, new ScopeField(List.of(), List.of()), new Saved(budget, null, Instant.EPOCH, 0), () -> {});
    }

    @SuppressWarnings("unchecked")
    private static RadioButtonGroup<Estimate> estimate(BudgetDialog dialog) {
        return (RadioButtonGroup<Estimate>) field(dialog, "budget-estimate");
    }

    @SuppressWarnings("unchecked")
    private static RadioButtonGroup<Boolean> shutoff(BudgetDialog dialog) {
        return (RadioButtonGroup<Boolean>) field(dialog, "budget-shutoff");
    }

    @SuppressWarnings("unchecked")
    private static Select<OnStoreFailure> failing(BudgetDialog dialog) {
        return (Select<OnStoreFailure>) field(dialog, "budget-failure");
    }

    private static Component field(BudgetDialog dialog, String testId) {
        return within(dialog)
                .filter(each -> testId.equals(each.getElement().getAttribute("data-testid")))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Component> within(Component component) {
        return Stream.concat(Stream.of(component), component.getChildren().flatMap(BudgetDialogTest::within));
    }
}
