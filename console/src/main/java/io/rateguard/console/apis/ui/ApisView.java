package io.rateguard.console.apis.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.Route;
import io.rateguard.console.ConsoleSettings;
import io.rateguard.console.apis.ApiHealths;
import io.rateguard.console.apis.ApiHealths.Healths;
import io.rateguard.console.apis.Apis;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.apis.ConnectionTests;
import io.rateguard.console.common.Patience;
import io.rateguard.console.common.ui.Asking;
import io.rateguard.console.common.ui.Confirmation;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.EmptyState;
import io.rateguard.console.common.ui.FreshnessLine;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.Polling;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.api.AuthType;
import io.rateguard.domain.id.WorkspaceId;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The APIs that can be called through the proxy, where, and how they have answered of late, which is kept up to date. */
@Route("w/:workspace/apis")
@PermitAll
class ApisView extends WorkspaceScreen {

    private static final Duration PACE = Duration.ofSeconds(5);

    private final Apis apis;
    private final ConnectionTests tests;
    private final ApiHealths healths;
    private final Access access;
    private final ConsoleSettings settings;
    private final Clock clock;
    private final FreshnessLine freshness = new FreshnessLine();
    private final Div list = new Div();
    private final Map<String, HealthCell> healthBySlug = new HashMap<>();
    private @Nullable Asking<Healths> asking;
    private @Nullable Healths known;

    ApisView(
            Workspaces workspaces,
            Apis apis,
            ConnectionTests tests,
            ApiHealths healths,
            Access access,
            ConsoleSettings settings,
            Clock clock) {
        super(Screen.APIS, workspaces);
        this.apis = apis;
        this.tests = tests;
        this.healths = healths;
        this.access = access;
        this.settings = settings;
        this.clock = clock;
        Polling.of(this, PACE, this::ask);
    }

    @Override
    protected void show(Workspace workspace) {
        known = null;
        asking = asking(workspace.id());
        add(
                new PageHeader(
                        "APIs", "What applications reach through the proxy, with secrets they never see", actions()),
                list,
                freshness);
        refresh();
        ask();
    }

    private Component[] actions() {
        if (!mayEdit()) {
            return new Component[0];
        }
        Button add = new Button("Add API", VaadinIcon.PLUS.create(), click -> openForm(null));
        add.addThemeVariants(ButtonVariant.PRIMARY);
        add.setTestId("api-add");
        return new Component[] {add};
    }

    private void openForm(@Nullable Api present) {
        new ApiDialog(apis, workspace().id(), settings.publicProxyUrl(), present, this::refresh, this::test).open();
    }

    /** As it is now: somebody may have changed it since the list was made. */
    private void openChange(Api listed) {
        openForm(apis.read(workspace().id(), listed.id().toString()));
    }

    private void test(Api api) {
        new ConnectionDialog(tests, workspace(), api).open();
    }

    private void refresh() {
        List<Api> all = WholeList.of(page -> apis.list(workspace().id(), page));
        list.removeAll();
        healthBySlug.clear();
        list.add(
                all.isEmpty()
                        ? new EmptyState(
                                "No API yet",
                                "Add the first one your applications pay for: its address and its secret are all that is needed.")
                        : table(all));
        freshness.setVisible(false);
        if (known != null) {
            showHealths(known);
        }
    }

    /** An answer that comes after another workspace was chosen is not shown. */
    private Asking<Healths> asking(WorkspaceId of) {
        return new Asking<>(
                () -> Patience.later("api-health", () -> healths.read(of)),
                now -> {
                    if (of.equals(workspace().id())) {
                        showHealths(now);
                    }
                },
                why -> {
                    if (of.equals(workspace().id())) {
                        showNoHealths();
                    }
                });
    }

    private void ask() {
        if (asking != null) {
            asking.ask();
        }
    }

    private void showHealths(Healths now) {
        known = now;
        Moments moments = new Moments(workspace().zone());
        healthBySlug.forEach((slug, cell) -> cell.show(now.of(slug), moments, clock.instant()));
        freshness.show(healthBySlug.isEmpty() ? Optional.empty() : Optional.of(now.upTo()), clock.instant(), moments);
    }

    private void showNoHealths() {
        known = null;
        healthBySlug.values().forEach(HealthCell::showUnknown);
        freshness.setVisible(false);
    }

    private Component table(List<Api> all) {
        DataTable<Api> table = new DataTable<Api>("APIs")
                .title("Name", ApisView::name)
                .column(
                        "Status",
                        api -> api.enabled()
                                ? new StatusBadge("Enabled", Tone.GOOD)
                                : new StatusBadge("Disabled", Tone.NEUTRAL))
                .column("Health", api -> healthBySlug.computeIfAbsent(api.slug(), slug -> new HealthCell()))
                .column("Base URL for applications", this::addresses);
        if (mayEdit()) {
            table.actions(this::actions);
        }
        return table.show(all);
    }

    private Component actions(Api api) {
        Button delete = action("Delete", api, "api-delete", () -> confirmDeletion(api));
        delete.addThemeVariants(ButtonVariant.ERROR);
        return new Div(
                action("Test connection", api, "api-test", () -> test(api)),
                action("Change", api, "api-change", () -> openChange(api)),
                api.enabled()
                        ? action("Disable", api, "api-disable", () -> confirmDisabling(api))
                        : action("Enable", api, "api-enable", () -> enable(api, true)),
                delete);
    }

    private static Button action(String word, Api api, String testId, Runnable does) {
        Button action = new Button(word, click -> does.run());
        action.addThemeVariants(ButtonVariant.TERTIARY);
        action.setAriaLabel(word + " " + api.name());
        action.setTestId(testId);
        return action;
    }

    private void confirmDisabling(Api api) {
        Confirmation.ask(
                "Disable API “" + api.name() + "”?",
                "Requests to " + settings.publicProxyUrl() + "/proxy/" + api.slug()
                        + " are refused within a second, until it is enabled again.",
                "Disable API",
                () -> enable(api, false));
    }

    private void enable(Api api, boolean enabled) {
        Notice.ofChange(
                () -> apis.change(
                        workspace().id(), api.id().toString(), SeenVersion.ANY, present -> present.enabled(enabled)),
                "API “" + api.name() + "” is " + (enabled ? "enabled." : "disabled."));
        refresh();
    }

    private void confirmDeletion(Api api) {
        Confirmation.ask(
                "Delete API “" + api.name() + "”?",
                "Requests to " + settings.publicProxyUrl() + "/proxy/" + api.slug()
                        + " are refused within a second, and its secrets are gone. What was spent stays recorded.",
                "Delete API",
                () -> {
                    Notice.ofChange(
                            () -> apis.delete(workspace().id(), api.id().toString(), SeenVersion.ANY),
                            "API “" + api.name() + "” is deleted.");
                    refresh();
                });
    }

    private boolean mayEdit() {
        return access.may(workspace().id(), Action.EDIT_APIS);
    }

    private Component addresses(Api api) {
        Div upstream = new Div(new Text("leads to "), address(api.baseUrl()));
        upstream.addClassName("quiet");
        return new Div(new Div(address(settings.publicProxyUrl() + "/proxy/" + api.slug())), upstream);
    }

    /** Where it is too long for its line, it goes on after a slash. */
    private static Component address(String url) {
        Code code = new Code();
        for (String part : url.split("(?<=/)(?=[^/])")) {
            code.getElement().appendChild(Element.createText(part), new Element("wbr"));
        }
        code.addClassName("address");
        return code;
    }

    private static Component name(Api api) {
        Span kind = new Span(api.profile().title() + " · " + credentials(api));
        kind.addClassName("quiet");
        return new Div(new Div(new Span(api.name())), kind);
    }

    private static String credentials(Api api) {
        if (api.authType() == AuthType.NONE) {
            return "no secret needed";
        }
        return api.credentials().size() == 1 ? "1 secret" : api.credentials().size() + " secrets";
    }
}
