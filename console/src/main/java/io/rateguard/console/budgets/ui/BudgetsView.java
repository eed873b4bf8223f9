package io.rateguard.console.budgets.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Route;
import io.rateguard.console.apis.Apis;
import io.rateguard.console.budgets.BudgetDetails;
import io.rateguard.console.budgets.Budgets;
import io.rateguard.console.budgets.Budgets.Level;
import io.rateguard.console.budgets.Budgets.Saved;
import io.rateguard.console.common.ui.Confirmation;
import io.rateguard.console.common.ui.EmptyState;
import io.rateguard.console.common.ui.MoneyText;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.PartitionWords;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.budget.Budget;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The budgets of a workspace and where each stands in its present window. */
@Route("w/:workspace/budgets")
@PermitAll
class BudgetsView extends WorkspaceScreen {

    private static final int NEARLY_PERCENT = 80;
    private static final String PARAMETER = "budget";

    private final Budgets budgets;
    private final BudgetDetails details;
    private final Apis apis;
    private final Keys keys;
    private final Access access;
    private final Clock clock;
    private final Div content = new Div();
    private @Nullable BudgetDetailsDialog dialog;

    BudgetsView(
            Workspaces workspaces,
            Budgets budgets,
            BudgetDetails details,
            Apis apis,
            Keys keys,
            Access access,
            Clock clock) {
        super(Screen.BUDGETS, workspaces);
        this.budgets = budgets;
        this.details = details;
        this.apis = apis;
        this.keys = keys;
        this.access = access;
        this.clock = clock;
    }

    @Override
    protected void show(Workspace workspace) {
        add(
                new PageHeader(
                        "Budgets",
                        "How much may be spent in which time; money is held before a request is sent",
                        mayEdit() ? new Component[] {addButton()} : new Component[0]),
                content);
        refresh();
    }

    @Override
    protected void follow(Map<String, String> query) {
        String chosen = query.get(PARAMETER);
        if (chosen == null) {
            return;
        }
        try {
            openDetails(budgets.read(workspace().id(), chosen).budget());
        } catch (Problem gone) {
            Notice.refused(gone.detail());
        }
    }

    @Override
    protected void onDetach(DetachEvent event) {
        BudgetDetailsDialog open = dialog;
        dialog = null;
        if (open != null) {
            open.close();
        }
        super.onDetach(event);
    }

    private void openDetails(Budget budget) {
        if (budget.countsApart() || dialog != null) {
            return;
        }
        BudgetDetailsDialog opened = new BudgetDetailsDialog(details, workspace(), budget, this::keyName, clock);
        opened.addOpenedChangeListener(changed -> {
            // Closed by leaving the screen, it must not write this screen's address over the next one's.
            if (!changed.isOpened() && dialog == opened) {
                dialog = null;
                remember(Map.of());
            }
        });
        dialog = opened;
        opened.open();
        remember(Map.of(PARAMETER, budget.id().toString()));
    }

    private Button addButton() {
        Button add = new Button("Add budget", VaadinIcon.PLUS.create(), click -> openForm(null));
        add.addThemeVariants(ButtonVariant.PRIMARY);
        add.setTestId("budget-add");
        return add;
    }

    private void openForm(@Nullable Saved present) {
        ScopeField scope = new ScopeField(
                WholeList.of(page -> apis.list(workspace().id(), page)).stream()
                        .map(api -> new ScopeField.Named(api.slug(), api.name()))
                        .toList(),
                WholeList.of(page -> keys.list(workspace().id(), page)).stream()
                        .filter(key -> key.lentFor() == null)
                        .map(key -> new ScopeField.Named(key.id().toString(), key.name() + " (" + key.prefix() + "…)"))
                        .toList());
        new BudgetDialog(budgets, workspace(), scope, present, this::refresh).open();
    }

    /** As it is now: somebody may have changed it since the list was made. */
    private void openChange(Budget listed) {
        openForm(budgets.read(workspace().id(), listed.id().toString()));
    }

    private void refresh() {
        List<Saved> all = WholeList.of(page -> budgets.list(workspace().id(), page));
        content.removeAll();
        content.add(
                all.isEmpty()
                        ? new EmptyState("No budget yet", "Spending is recorded, but nothing stops it.")
                        : list(all));
    }

    private Component list(List<Saved> all) {
        UnorderedList list = new UnorderedList();
        list.addClassName("budgets");
        all.forEach(saved -> list.add(new ListItem(item(saved))));
        return list;
    }

    private Component item(Saved saved) {
        Budget budget = saved.budget().at(clock.instant());
        Level level = saved.level();
        MoneyText amount = new MoneyText(budget.amount());
        Span of = new Span(amount, new Span(" " + BudgetSentence.every(budget)));
        Div head = new Div(new H2(budget.name()), status(budget, level), of);
        head.addClassName("panel-head");
        of.addClassName("budget-amount");
        Div card = new Div(head);
        card.addClassName("panel");
        card.add(level == null ? new Paragraph(unknown(budget)) : new BudgetGauge(budget.amount(), level));
        if (level != null) {
            BudgetSentence.pace(budget, level.spent(), clock.instant())
                    .ifPresent(pace -> card.add(new Paragraph(pace)));
        }
        Paragraph rule = new Paragraph(BudgetSentence.rule(saved.budget(), clock.instant(), this::keyName));
        rule.addClassName("quiet");
        card.add(rule);
        Div actions = new Div();
        actions.addClassName("panel-actions");
        if (!budget.countsApart()) {
            actions.add(action("Details", "of ", "budget-details", budget, () -> openDetails(saved.budget())));
        }
        if (mayEdit()) {
            addEdits(actions, saved.budget());
        }
        if (actions.getComponentCount() > 0) {
            card.add(actions);
        }
        return card;
    }

    private void addEdits(Div actions, Budget budget) {
        actions.add(
                action(
                        "Increase",
                        "for a time: ",
                        "budget-increase",
                        budget,
                        () -> new IncreaseDialog(budgets, workspace().id(), budget, clock.instant(), this::refresh)
                                .open()),
                action("Change", "", "budget-change", budget, () -> openChange(budget)),
                action("Delete", "", "budget-delete", budget, () -> confirmDeletion(budget)));
    }

    private static Button action(String word, String more, String testId, Budget budget, Runnable does) {
        Button action = new Button(word, click -> does.run());
        action.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        action.setAriaLabel(word + " " + more + budget.name());
        action.setTestId(testId);
        return action;
    }

    private void confirmDeletion(Budget budget) {
        Confirmation.ask(
                "Delete budget “" + budget.name() + "”?",
                "It stops holding money and refusing requests within a second. What was spent stays recorded.",
                "Delete budget",
                () -> {
                    Notice.ofChange(
                            () -> budgets.delete(workspace().id(), budget.id().toString(), SeenVersion.ANY),
                            "Budget “" + budget.name() + "” is deleted.");
                    refresh();
                });
    }

    private String keyName(String id) {
        return keys.nameOf(workspace().id(), id);
    }

    private boolean mayEdit() {
        return access.may(workspace().id(), Action.EDIT_BUDGETS);
    }

    private static String unknown(Budget budget) {
        return budget.countsApart()
                ? "Counted apart for " + PartitionWords.each(budget.per())
                        + ": each request says in Requests which counter it was charged to."
                : "The live counters do not answer: what is spent is not known now.";
    }

    private static Component status(Budget budget, @Nullable Level level) {
        if (budget.countsApart()) {
            return new StatusBadge("Counted apart", Tone.NEUTRAL);
        }
        if (level == null) {
            return new StatusBadge("Unknown", Tone.NEUTRAL);
        }
        if (level.remaining().nanos() <= 0) {
            return budget.shutoff() ? new StatusBadge("Shut off", Tone.BAD) : new StatusBadge("Overspent", Tone.BAD);
        }
        long used = budget.amount().nanos() - level.remaining().nanos();
        boolean nearly = used >= budget.amount().nanos() / 100 * NEARLY_PERCENT;
        return nearly ? new StatusBadge("Nearly spent", Tone.WARNING) : new StatusBadge("On track", Tone.GOOD);
    }
}
