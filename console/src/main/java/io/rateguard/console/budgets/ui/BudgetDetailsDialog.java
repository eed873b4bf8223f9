package io.rateguard.console.budgets.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import io.rateguard.console.budgets.BudgetDetails;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.Polling;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.domain.budget.Budget;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** How one budget is being spent, and who holds what of it now; the latter stays up to date while it is open. */
final class BudgetDetailsDialog extends Dialog {

    private static final Duration PACE = Duration.ofSeconds(2);

    private final BudgetDetails details;
    private final Workspace workspace;
    private final Budget budget;
    private final Clock clock;
    private final HoldsList holds;

    /** @param keyName what people call the key of this id */
    BudgetDetailsDialog(
            BudgetDetails details, Workspace workspace, Budget budget, UnaryOperator<String> keyName, Clock clock) {
        this.details = details;
        this.workspace = workspace;
        this.budget = budget;
        this.clock = clock;
        holds = new HoldsList(new Moments(budget.zone()), keyName);

        setHeaderTitle("Budget “" + budget.name() + "”");
        addClassName("budget-details");
        Div story = new Div(new H3("How it is being spent"), spending(), new H3("Held now"), holds);
        story.addClassName("story");
        // Longer than a phone is high: the keyboard can scroll what it can reach.
        story.getElement()
                .setAttribute("tabindex", "0")
                .setAttribute("role", "group")
                .setAttribute("aria-label", "Details of the budget");
        add(story);
        Button close = new Button("Close", click -> close());
        close.setTestId("budget-details-close");
        getFooter().add(close);
        showHolds();
        Polling.of(this, PACE, this::showHolds);
    }

    private Div spending() {
        try {
            return new BurndownChart(
                    details.burndown(workspace.id(), budget.id().toString()));
        } catch (Problem away) {
            return new Div(new Paragraph(away.detail()));
        }
    }

    private void showHolds() {
        try {
            holds.show(details.holds(workspace.id(), budget.id().toString()), clock.instant());
        } catch (Problem away) {
            holds.showUnknown(away.detail());
        }
    }
}
