package io.rateguard.console.keys.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Route;
import io.rateguard.console.ConsoleSettings;
import io.rateguard.console.apis.Apis;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.EmptyState;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.keys.Keys.Key;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.key.KeyStatus;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of a workspace, the newest first. */
@Route("w/:workspace/keys")
@PermitAll
class KeysView extends WorkspaceScreen {

    private final Keys keys;
    private final Apis apis;
    private final Access access;
    private final ConsoleSettings settings;
    private final Clock clock;
    private final Div list = new Div();

    KeysView(Workspaces workspaces, Keys keys, Apis apis, Access access, ConsoleSettings settings, Clock clock) {
        super(Screen.KEYS, workspaces);
        this.keys = keys;
        this.apis = apis;
        this.access = access;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    protected void show(Workspace workspace) {
        add(
                new PageHeader(
                        "Keys", "What applications present to the proxy instead of the provider’s secret", actions()),
                list);
        refresh();
    }

    private Component[] actions() {
        return mayEdit() ? new Component[] {createButton("key-create")} : new Component[0];
    }

    private Button createButton(String testId) {
        Button create = new Button("Create key", VaadinIcon.PLUS.create(), click -> openCreation());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        create.setTestId(testId);
        return create;
    }

    private void openCreation() {
        new CreateKeyDialog(
                        keys,
                        workspace().id(),
                        WholeList.of(page -> apis.list(workspace().id(), page)),
                        settings.publicProxyUrl(),
                        this::refresh)
                .open();
    }

    private void refresh() {
        List<Key> newestFirst = WholeList.of(page -> keys.list(workspace().id(), page)).stream()
                .sorted(Comparator.comparing(Key::createdAt).reversed())
                .toList();
        list.removeAll();
        list.add(newestFirst.isEmpty() ? nothing() : table(newestFirst));
    }

    private Component nothing() {
        return new EmptyState(
                "No key yet",
                "An application needs one to send requests. Keys can be limited to some APIs and revoked at any time.");
    }

    private Component table(List<Key> shown) {
        Moments moments = new Moments(workspace().zone());
        Instant now = clock.instant();
        DataTable<Key> table = new DataTable<Key>("Keys")
                .title("Name", KeysView::name)
                .column("Key", KeysView::prefix)
                .column("Status", key -> status(key, now))
                .text("APIs", key -> apis(key.apis()))
                .text("Created", key -> moments.day(key.createdAt()))
                .text("Expires", key -> key.expiresAt() == null ? "Never" : moments.day(key.expiresAt()));
        if (mayEdit()) {
            table.actions(this::revokeButton);
        }
        return table.show(shown);
    }

    private static Component name(Key key) {
        Span name = new Span(key.name());
        return key.environment().equals("test") ? new Div(name, new StatusBadge("Test", Tone.NEUTRAL)) : name;
    }

    private static Component prefix(Key key) {
        return new Code(key.prefix() + "…");
    }

    private static String apis(@Nullable List<String> slugs) {
        if (slugs == null) {
            return "All";
        }
        return slugs.isEmpty() ? "None" : String.join(", ", slugs);
    }

    private static StatusBadge status(Key key, Instant now) {
        boolean expired = key.expiresAt() != null && !key.expiresAt().isAfter(now);
        if (expired && key.status() != KeyStatus.REVOKED) {
            return new StatusBadge("Expired", Tone.BAD);
        }
        return switch (key.status()) {
            case ACTIVE -> new StatusBadge("Active", Tone.GOOD);
            case SUSPENDED -> new StatusBadge("Suspended", Tone.WARNING);
            case REVOKED -> new StatusBadge("Revoked", Tone.BAD);
        };
    }

    private Component revokeButton(Key key) {
        if (key.status() == KeyStatus.REVOKED) {
            return new Span();
        }
        Button revoke = new Button("Revoke", click -> confirmRevocation(key));
        revoke.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
        revoke.setAriaLabel("Revoke " + key.name());
        revoke.setTestId("key-revoke");
        return revoke;
    }

    private void confirmRevocation(Key key) {
        ConfirmDialog question = new ConfirmDialog();
        question.setHeader("Revoke “" + key.name() + "”?");
        question.setText("Requests with " + key.prefix()
                + "… are refused within a second, on every proxy. A revoked key cannot be brought back.");
        question.setCancelable(true);
        question.setConfirmText("Revoke key");
        question.setConfirmButtonTheme("error primary");
        question.addConfirmListener(confirmed -> {
            keys.revoke(workspace().id(), key.id().toString());
            Notice.done("Key “" + key.name() + "” is revoked.");
            refresh();
        });
        question.open();
    }

    private boolean mayEdit() {
        return access.may(workspace().id(), Action.EDIT_KEYS);
    }
}
