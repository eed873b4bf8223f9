package io.rateguard.console.playground.ui;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.Route;
import io.rateguard.console.apis.Apis;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.calls.LentKey;
import io.rateguard.console.common.ui.EmptyState;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.playground.Playground;
import io.rateguard.console.requests.Requests;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.console.security.Access;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends an API a request by hand, and shows what comes of it. The key that it lends goes back as the screen is left. */
@Route("w/:workspace/playground")
@PermitAll
class PlaygroundView extends WorkspaceScreen {

    /** A key that ends sooner is not begun with. */
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    private final Playground playground;
    private final Apis apis;
    private final Requests requests;
    private final Access access;
    private final Clock clock;

    private final Button send = new Button("Send", click -> send());
    private final Button cancel = new Button("Cancel", click -> cancel());
    private @Nullable TrialForm form;
    private @Nullable ReplyPanel reply;
    private @Nullable Arriving arriving;
    private @Nullable Runnable ending;
    private @Nullable LentKey lent;
    private String lentFor = "";

    PlaygroundView(
            Workspaces workspaces, Playground playground, Apis apis, Requests requests, Access access, Clock clock) {
        super(Screen.PLAYGROUND, workspaces);
        this.playground = playground;
        this.apis = apis;
        this.requests = requests;
        this.access = access;
        this.clock = clock;
        send.addThemeVariants(ButtonVariant.PRIMARY);
        send.addClickShortcut(Key.ENTER, KeyModifier.CONTROL).listenOn(this);
        send.setTestId("try-send");
        cancel.setTestId("try-cancel");
    }

    @Override
    protected void show(Workspace workspace) {
        leave();
        add(new PageHeader(
                "Playground", "A request by hand, through the proxy: limited, charged and recorded like any other"));
        List<Api> enabled = WholeList.of(page -> apis.list(workspace.id(), page)).stream()
                .filter(Api::enabled)
                .toList();
        if (!access.may(workspace.id(), Screen.PLAYGROUND.needs())) {
            add(new EmptyState("For those who may create keys", "Your role may not send requests from here."));
        } else if (enabled.isEmpty()) {
            add(new EmptyState("No API yet", "Add one that is enabled: then it can be tried here."));
        } else {
            layOut(workspace, enabled);
        }
    }

    private void layOut(Workspace workspace, List<Api> enabled) {
        TrialForm edited = new TrialForm(enabled);
        ReplyPanel shown = new ReplyPanel(workspace);
        Div buttons = new Div(send, cancel);
        buttons.addClassName("try-buttons");
        Section request = new Section(new H2("Request"), edited, buttons);
        request.addClassName("panel");
        Div both = new Div(request, shown);
        both.addClassName("playground");
        add(both);
        form = edited;
        reply = shown;
    }

    private void send() {
        TrialForm edited = form;
        ReplyPanel shown = reply;
        if (edited == null || shown == null || !send.isEnabled()) {
            return;
        }
        edited.clearErrors();
        try {
            Secret key = edited.wantsLentKey() ? lentKey(edited.api()) : edited.ownKey();
            WorkspaceId here = workspace().id();
            RecordedLater recorded = new RecordedLater(id -> requests.explained(here, id));
            Arriving next = new Arriving(UI.getCurrent(), shown, recorded, () -> underWay(false));
            Runnable nextEnding = playground.send(here, edited.api(), edited.trial(), key, next);
            leaveTrial();
            arriving = next;
            ending = nextEnding;
            shown.sent();
            underWay(true);
        } catch (RuntimeException failure) {
            edited.show(KnownFailures.problem(failure).orElseThrow(() -> failure));
        }
    }

    private Secret lentKey(String api) {
        LentKey present = lent;
        if (present == null
                || !lentFor.equals(api)
                || present.expiresAt().isBefore(clock.instant().plus(LONG_ENOUGH))) {
            giveBack();
            present = playground.lend(workspace().id(), api);
            lent = present;
            lentFor = api;
        }
        return present.secret();
    }

    private void underWay(boolean isUnderWay) {
        send.setEnabled(!isUnderWay);
        cancel.setEnabled(isUnderWay);
    }

    private void cancel() {
        if (ending != null) {
            ending.run();
        }
    }

    /** Also what is still waited for once the reply is there: what it cost. */
    private void leaveTrial() {
        if (arriving != null) {
            arriving.leave();
        }
        cancel();
        arriving = null;
        ending = null;
    }

    private void giveBack() {
        if (lent != null) {
            lent.close();
            lent = null;
        }
    }

    private void leave() {
        leaveTrial();
        underWay(false);
        giveBack();
        form = null;
        reply = null;
    }

    @Override
    protected void onDetach(DetachEvent event) {
        leave();
        super.onDetach(event);
    }
}
