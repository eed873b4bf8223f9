package io.rateguard.console.keys.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Route;
import io.rateguard.console.ConsoleSettings;
import io.rateguard.console.apis.Apis;
import io.rateguard.console.common.Patience;
import io.rateguard.console.common.ui.Asking;
import io.rateguard.console.common.ui.Confirmation;
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
import io.rateguard.console.keys.KeyUses;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.keys.Keys.Key;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.KeyChange;
import io.rateguard.domain.key.KeyState;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The keys of a workspace, the newest first. */
@Route("w/:workspace/keys")
@PermitAll
class KeysView extends WorkspaceScreen {

    private final Keys keys;
    private final KeyUses uses;
    private final Apis apis;
    private final Access access;
    private final ConsoleSettings settings;
    private final Clock clock;
    private final Div list = new Div();

    KeysView(
            Workspaces workspaces,
            Keys keys,
            KeyUses uses,
            Apis apis,
            Access access,
            ConsoleSettings settings,
            Clock clock) {
        super(Screen.KEYS, workspaces);
        this.keys = keys;
        this.uses = uses;
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
        new CreateKeyDialog(keys, workspace(), secretOnce(), clock, this::refresh).open();
    }

    private SecretOnce secretOnce() {
        return new SecretOnce(WholeList.of(page -> apis.list(workspace().id(), page)), settings.publicProxyUrl());
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
        Map<ApiKeyId, Span> lastUsed = new HashMap<>();
        DataTable<Key> table = new DataTable<Key>("Keys")
                .title("Name", KeysView::name)
                .column("Key", KeysView::prefix)
                .column("Status", KeysView::status)
                .text("May use", KeyWords::scope)
                .column("Last used", key -> lastUsed.computeIfAbsent(key.id(), id -> new Span("…")))
                .text("Expires", key -> expiry(key.expiresAt(), moments, now));
        if (mayEdit()) {
            table.actions(this::actions);
            table.addClassName("actions-in-a-row");
        }
        table.show(shown);
        showLastUsed(lastUsed, moments);
        return table;
    }

    /** Nobody waits for the history to see the keys. */
    private void showLastUsed(Map<ApiKeyId, Span> cells, Moments moments) {
        WorkspaceId of = workspace().id();
        new Asking<>(
                        () -> Patience.later("key-use", () -> uses.last(of)),
                        known -> {
                            Instant now = clock.instant();
                            cells.forEach((key, cell) -> cell.setText(lastUsed(known.get(key), moments, now)));
                        },
                        why -> cells.values().forEach(cell -> cell.setText("Not known now")))
                .ask();
    }

    private static Component name(Key key) {
        Div name = new Div(new Span(key.name()));
        if (key.environment().equals("test")) {
            name.add(new StatusBadge("Test", Tone.NEUTRAL));
        }
        if (key.lentFor() != null) {
            name.add(new StatusBadge("Lent", Tone.NEUTRAL));
        }
        String whose = KeyWords.whose(key);
        if (whose.isEmpty()) {
            return name;
        }
        Span belongs = new Span(whose);
        belongs.addClassName("quiet");
        return new Div(name, belongs);
    }

    private static Component prefix(Key key) {
        return new Code(key.prefix() + "…");
    }

    private static String lastUsed(@Nullable Instant at, Moments moments, Instant now) {
        return at == null ? "–" : moments.recent(at, now);
    }

    private static String expiry(@Nullable Instant at, Moments moments, Instant now) {
        if (at == null) {
            return "Never";
        }
        String day = moments.day(at);
        return day.equals(moments.day(now)) ? "Today, " + moments.time(at) : day;
    }

    private static StatusBadge status(Key key) {
        return switch (key.state()) {
            case ACTIVE -> new StatusBadge("Active", Tone.GOOD);
            case ROTATED -> new StatusBadge("Rotated", Tone.WARNING);
            case EXPIRED -> new StatusBadge("Expired", Tone.BAD);
            case SUSPENDED -> new StatusBadge("Suspended", Tone.WARNING);
            case REVOKED -> new StatusBadge("Revoked", Tone.BAD);
        };
    }

    /** What changes a key of this state, and nothing else. */
    private Component actions(Key key) {
        Div buttons = new Div();
        offer(buttons, key, KeyChange.EDIT, "Edit", this::openEdit);
        offer(buttons, key, KeyChange.ROTATE, "Rotate", this::openRotation);
        offer(buttons, key, KeyChange.SUSPEND, "Suspend", this::suspend);
        offer(buttons, key, KeyChange.RESUME, "Resume", this::resume);
        offer(buttons, key, KeyChange.REVOKE, "Revoke", this::confirmRevocation);
        return buttons;
    }

    private static void offer(Div buttons, Key key, KeyChange change, String text, Consumer<Key> action) {
        if (key.isOpenTo(change)) {
            Button button = new Button(text, click -> action.accept(key));
            button.addThemeVariants(ButtonVariant.TERTIARY);
            if (change == KeyChange.REVOKE) {
                button.addThemeVariants(ButtonVariant.ERROR);
            }
            button.setAriaLabel(text + " " + key.name());
            button.setTestId("key-" + change.wireName());
            buttons.add(button);
        }
    }

    /** As it is now: somebody may have changed it since the list was made. */
    private void openEdit(Key listed) {
        Key key = keys.read(workspace().id(), listed.id().toString());
        new EditKeyDialog(keys, workspace(), key, secretOnce().apis(), clock, this::refresh).open();
    }

    private void openRotation(Key key) {
        new RotateKeyDialog(keys, workspace(), key, secretOnce(), clock, this::refresh).open();
    }

    private void suspend(Key key) {
        change(key, keys::suspend, "is suspended: its requests are refused until it is resumed.");
    }

    private void resume(Key key) {
        change(key, keys::resume, "works again.");
    }

    /** Somebody else may have changed it since the list was made. */
    private void change(Key key, BiFunction<WorkspaceId, String, Key> change, String words) {
        Notice.ofChange(
                () -> {
                    var _ = change.apply(workspace().id(), key.id().toString());
                },
                "Key “" + key.name() + "” " + words);
        refresh();
    }

    private void confirmRevocation(Key key) {
        Confirmation.ask(
                "Revoke key “" + key.name() + "”?",
                "Requests with " + key.prefix()
                        + "… are refused within a second, on every proxy. A revoked key cannot be brought back."
                        + (key.state() == KeyState.ROTATED ? " Its successor works on." : ""),
                "Revoke key",
                () -> change(key, keys::revoke, "is revoked."));
    }

    private boolean mayEdit() {
        return access.may(workspace().id(), Action.EDIT_KEYS);
    }
}
