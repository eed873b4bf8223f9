package io.rateguard.console.budgets.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import io.rateguard.console.budgets.BudgetDetails;
import io.rateguard.console.budgets.BudgetHolds;
import io.rateguard.console.common.Patience;
import io.rateguard.console.common.ui.Asking;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.Polling;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** How one budget is being spent, and who holds what of it now; the latter stays up to date while it is open. */
final class BudgetDetailsDialog extends Dialog {

    private static final Duration PACE = Duration.ofSeconds(2);

    BudgetDetailsDialog(BudgetDetails details, Workspace workspace, Budget budget, Keys keys, Clock clock) {
        WorkspaceId of = workspace.id();
        String id = budget.id().toString();
        Div course = new Div(new Paragraph("Asking the request history …"));
        HoldsList holds = new HoldsList(new Moments(budget.zone()));
        holds.say("Asking the counters …");
        setHeaderTitle("Budget “" + budget.name() + "”");
        addClassName("budget-details");
        Div story = new Div(new H3("How it is being spent"), course, new H3("Held now"), holds);
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
        new Asking<>(
                        () -> Patience.later("burndown", () -> details.burndown(of, id)),
                        burndown -> replace(course, new BurndownChart(burndown)),
                        why -> replace(course, new Paragraph(why)))
                .ask();
        Asking<Held> holding = new Asking<>(
                () -> Patience.later("holds", () -> {
                    BudgetHolds now = details.holds(of, id);
                    return new Held(now, keys.named(of, HoldsList.keys(now)));
                }),
                now -> holds.show(now.holds(), now.names(), clock.instant()),
                holds::say);
        holding.ask();
        Polling.of(this, PACE, holding::ask);
    }

    private record Held(BudgetHolds holds, Map<ApiKeyId, Keys.Named> names) {}

    private static void replace(Div place, Component content) {
        place.removeAll();
        place.add(content);
    }
}
