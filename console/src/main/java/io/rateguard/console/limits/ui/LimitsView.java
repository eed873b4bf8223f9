package io.rateguard.console.limits.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.EmptyState;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.limits.Limits;
import io.rateguard.console.limits.Limits.Limit;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** The limits of a workspace in plain words. */
@Route("w/:workspace/limits")
@PermitAll
class LimitsView extends WorkspaceScreen {

    private final Limits limits;
    private final Keys keys;

    LimitsView(Workspaces workspaces, Limits limits, Keys keys) {
        super(Screen.LIMITS, workspaces);
        this.limits = limits;
        this.keys = keys;
    }

    @Override
    protected void show(Workspace workspace) {
        List<Limit> all = WholeList.of(page -> limits.list(workspace.id(), page));
        add(new PageHeader("Limits", "How much passes in which time; what is above is refused and costs nothing"));
        add(
                all.isEmpty()
                        ? new EmptyState(
                                "No limit yet",
                                "Everything passes, as far as budgets allow. Limits are added with the management API: POST /api/v1/workspaces/"
                                        + workspace.slug() + "/limits.")
                        : new DataTable<Limit>("Limits")
                                .title("Name", LimitsView::name)
                                .text(
                                        "Lets pass",
                                        limit -> LimitSentence.amount(
                                                limit.rule().limit()))
                                .text(
                                        "Counted for",
                                        limit -> LimitSentence.per(limit.rule().per()))
                                .text(
                                        "Applies to",
                                        limit ->
                                                LimitSentence.match(limit.rule().match(), this::keyName))
                                .show(all));
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
        return keys.read(workspace().id(), id).name();
    }
}
