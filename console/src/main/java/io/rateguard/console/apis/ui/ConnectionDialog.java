package io.rateguard.console.apis.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.apis.Connection;
import io.rateguard.console.apis.Connection.Verdict;
import io.rateguard.console.apis.ConnectionTests;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.console.workspaces.Workspace;
import org.jspecify.annotations.Nullable;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;

/** Tests the connection of an API as it opens, and says what that showed. */
final class ConnectionDialog extends Dialog {

    private static final double NANOS_PER_MILLI = 1e6;

    private final ConnectionTests tests;
    private final Workspace workspace;
    private final Api api;
    private final Div shown = new Div();
    private final Button again = new Button("Test again", click -> test());

    ConnectionDialog(ConnectionTests tests, Workspace workspace, Api api) {
        this.tests = tests;
        this.workspace = workspace;
        this.api = api;
        shown.addClassName("story");
        shown.setTestId("connection");
        shown.getElement().setAttribute("aria-live", "polite");
        again.setTestId("connection-again");
        Button close = new Button("Close", click -> close());
        close.addThemeVariants(ButtonVariant.PRIMARY);
        close.setTestId("connection-close");
        setHeaderTitle("Connection of “" + api.name() + "”");
        addClassName("form-dialog");
        add(shown);
        getFooter().add(again, close);
        test();
    }

    /** On a thread of its own: other screens of the person wait for this one. */
    private void test() {
        again.setEnabled(false);
        shown.removeAll();
        shown.add(new Paragraph("A harmless request is on its way through the proxy…"));
        UI ui = UI.getCurrent();
        Runnable testing = new DelegatingSecurityContextRunnable(() -> {
            Runnable show = outcome();
            var _ = ui.access(() -> {
                shown.removeAll();
                show.run();
                again.setEnabled(true);
            });
        });
        Thread.ofVirtual().name("connection-test").start(testing);
    }

    private Runnable outcome() {
        try {
            Connection found = tests.test(workspace.id(), api.id().toString());
            return () -> show(found);
        } catch (RuntimeException failure) {
            String detail =
                    KnownFailures.problem(failure).orElseThrow(() -> failure).detail();
            return () -> shown.add(new Paragraph(detail));
        }
    }

    private void show(Connection found) {
        Div verdict = new Div(badge(found.verdict()), new Paragraph(found.message()));
        verdict.addClassName("verdict");
        DescriptionList facts = new DescriptionList();
        facts.addClassName("facts");
        fact(facts, "Request", found.request());
        fact(facts, "Status", found.status() == null ? null : found.status().toString());
        fact(
                facts,
                "Latency",
                found.latency() == null ? null : Amounts.millis(found.latency().toNanos() / NANOS_PER_MILLI));
        fact(facts, "It said", found.excerpt());
        shown.add(verdict, facts);
        if (found.requestId() != null) {
            shown.add(new Anchor(
                    Screen.REQUESTS.path(workspace.slug()) + "?request=" + found.requestId(),
                    "The request, as it is recorded in a moment"));
        }
    }

    private static void fact(DescriptionList facts, String name, @Nullable String value) {
        if (value != null) {
            facts.add(new DescriptionList.Term(name), new DescriptionList.Description(value));
        }
    }

    private static StatusBadge badge(Verdict verdict) {
        return switch (verdict) {
            case CONNECTED -> new StatusBadge("Connected", Tone.GOOD);
            case SECRET_REFUSED -> new StatusBadge("Secret not accepted", Tone.BAD);
            case ANSWERED -> new StatusBadge("Reached", Tone.NEUTRAL);
            case TROUBLED -> new StatusBadge("In trouble", Tone.WARNING);
            case UNREACHABLE -> new StatusBadge("Not reached", Tone.BAD);
            case REFUSED -> new StatusBadge("Not let through", Tone.WARNING);
            case PROXY_AWAY -> new StatusBadge("No proxy", Tone.BAD);
        };
    }
}
