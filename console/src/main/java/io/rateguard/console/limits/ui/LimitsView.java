package io.rateguard.console.limits.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Route;
import io.rateguard.console.apis.Apis;
import io.rateguard.console.common.ui.Confirmation;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.EmptyState;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.limits.Backtests;
import io.rateguard.console.limits.Limits;
import io.rateguard.console.limits.Limits.Limit;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits of a workspace in plain words. */
@Route("w/:workspace/limits")
@PermitAll
class LimitsView extends WorkspaceScreen {

    private final Limits limits;
    private final Backtests backtests;
    private final Apis apis;
    private final Keys keys;
    private final Access access;
    private final Clock clock;
    private final Div content = new Div();

    LimitsView(
            Workspaces workspaces,
            Limits limits,
            Backtests backtests,
            Apis apis,
            Keys keys,
            Access access,
            Clock clock) {
        super(Screen.LIMITS, workspaces);
        this.limits = limits;
        this.backtests = backtests;
        this.apis = apis;
        this.keys = keys;
        this.access = access;
        this.clock = clock;
    }

    @Override
    protected void show(Workspace workspace) {
        add(
                new PageHeader(
                        "Limits",
                        "How much passes in which time; what is above is refused and costs nothing",
                        actions()),
                content);
        refresh();
    }

    private Component[] actions() {
        if (!mayEdit()) {
            return new Component[0];
        }
        Button add = new Button("Add limit", VaadinIcon.PLUS.create(), click -> openForm(null));
        add.addThemeVariants(ButtonVariant.PRIMARY);
        add.setTestId("limit-add");
        return new Component[] {add};
    }

    private void openForm(@Nullable Limit present) {
        Choices choices = Choices.of(workspace().id(), apis, keys);
        new LimitDialog(limits, backtests, workspace(), choices, this::keyName, clock, present, this::refresh).open();
    }

    /** As it is now: somebody may have changed it since the list was made. */
    private void openChange(Limit listed) {
        openForm(limits.read(workspace().id(), listed.rule().id().toString()));
    }

    private void refresh() {
        List<Limit> all = WholeList.of(page -> limits.list(workspace().id(), page));
        content.removeAll();
        content.add(
                all.isEmpty()
                        ? new EmptyState(
                                "No limit yet",
                                "Everything passes, as far as budgets allow. A limit says how much may pass in which time.")
                        : table(all));
    }

    private Component table(List<Limit> all) {
        DataTable<Limit> table = new DataTable<Limit>("Limits")
                .title("Name", LimitsView::name)
                .text("Lets pass", limit -> LimitSentence.amount(limit.rule().limit()))
                .text("Counted for", limit -> LimitSentence.per(limit.rule().per()))
                .text("Applies to", limit -> LimitSentence.match(limit.rule().match(), this::keyName));
        if (mayEdit()) {
            table.actions(this::actions);
        }
        return table.show(all);
    }

    private Component actions(Limit limit) {
        Button delete = action("Delete", limit, "limit-delete", () -> confirmDeletion(limit));
        delete.addThemeVariants(ButtonVariant.ERROR);
        return new Div(action("Change", limit, "limit-change", () -> openChange(limit)), delete);
    }

    private static Button action(String word, Limit limit, String testId, Runnable does) {
        Button action = new Button(word, click -> does.run());
        action.addThemeVariants(ButtonVariant.TERTIARY);
        action.setAriaLabel(word + " " + limit.rule().name());
        action.setTestId(testId);
        return action;
    }

    private void confirmDeletion(Limit limit) {
        String name = limit.rule().name();
        Confirmation.ask(
                "Delete limit “" + name + "”?",
                "Within a second it refuses nothing any more. What it counted is gone.",
                "Delete limit",
                () -> {
                    Notice.ofChange(
                            () -> limits.delete(
                                    workspace().id(), limit.rule().id().toString(), SeenVersion.ANY),
                            "Limit “" + name + "” is deleted.");
                    refresh();
                });
    }

    private boolean mayEdit() {
        return access.may(workspace().id(), Action.EDIT_LIMITS);
    }

    private static Component name(Limit limit) {
        Span name = new Span(limit.rule().name());
        if (!limit.rule().isShadow()) {
            return name;
        }
        StatusBadge badge = new StatusBadge("Shadow", StatusBadge.Tone.NEUTRAL);
        badge.setTitle("Refuses nothing; requests tell what it would have refused");
        return new Span(name, new Text(" "), badge);
    }

    private String keyName(String id) {
        return keys.nameOf(workspace().id(), id);
    }
}
