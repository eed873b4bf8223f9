package io.rateguard.console.account.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinSession;
import io.rateguard.console.account.AddressChange;
import io.rateguard.console.account.Browsers;
import io.rateguard.console.account.OwnAccount;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.NewPasswordField;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.security.CurrentCaller;
import io.rateguard.console.security.NotedSession;
import io.rateguard.console.security.SecondFactors;
import io.rateguard.console.security.Session;
import io.rateguard.console.security.Sessions;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One's own account: its password, its second factor, and where one is signed in. */
@Route("account")
@PageTitle("Your account · RateGuard")
@PermitAll
class AccountView extends Main {

    private final OwnAccount account;
    private final AddressChange address;
    private final Sessions sessions;
    private final Clock clock;
    private final SecondFactors factors;
    private final String email;
    private final Section emailAddress = new Section();
    private final Section password = new Section();
    private final Section factor = new Section();
    private final Div list = new Div();

    AccountView(
            OwnAccount account,
            AddressChange address,
            Sessions sessions,
            SecondFactors factors,
            Workspaces workspaces,
            CurrentCaller callers,
            Clock clock) {
        this.account = account;
        this.address = address;
        this.sessions = sessions;
        this.factors = factors;
        this.clock = clock;
        this.email = callers.person().email();
        list.addClassName("stack");
        addClassName("page");
        setTestId("screen-account");
        Button create = new Button("Create workspace", click -> new CreateWorkspaceDialog(workspaces).open());
        create.setTestId("workspace-create");
        Div parts = new Div(
                emailAddress,
                password,
                factor,
                new Section(new H2("Where you are signed in"), list),
                new Section(
                        new H2("A workspace of your own"),
                        new Paragraph(
                                "It has keys, limits, budgets and members apart from all others, and you own it."),
                        new Div(create)));
        parts.addClassName("sections");
        add(new PageHeader("Your account", email), parts);
        refresh();
        refreshCredentials();
    }

    /** A code will do in place of the password from when there is a second factor. */
    private void refreshCredentials() {
        boolean codeWillDo = factors.isOn();
        show(emailAddress, "Email", addressForm(codeWillDo));
        show(password, "Password", passwordForm(codeWillDo));
        show(factor, "Second factor", codeWillDo ? factorForm() : factorOffer());
    }

    private static void show(Section section, String title, Component content) {
        section.removeAll();
        section.add(new H2(title), content);
    }

    private Component addressForm(boolean codeWillDo) {
        EmailField wanted = new EmailField("New address");
        wanted.setManualValidation(true);
        wanted.setAutocomplete(Autocomplete.EMAIL);
        wanted.setHelperText("A letter goes there; the address changes once its link is used");
        wanted.setTestId("new-address");
        Button send = new Button("Send the letter");
        send.setTestId("new-address-send");
        return new ConfirmedForm(codeWillDo, "address-current")
                .wanting("email", wanted)
                .offering(send, current -> {
                    address.ask(current, wanted.getValue());
                    Notice.done("A letter is on its way to " + wanted.getValue() + ".");
                    refreshCredentials();
                });
    }

    private Component passwordForm(boolean codeWillDo) {
        NewPasswordField wanted = new NewPasswordField("New password");
        Button change = new Button("Change password");
        change.setTestId("change-password");
        return new ConfirmedForm(codeWillDo, "current-password")
                .wanting("password", wanted)
                .offering(change, current -> {
                    account.changePassword(current, wanted.getValue(), own());
                    Notice.done("Your password is changed; elsewhere you are signed out.");
                    refreshCredentials();
                    refresh();
                });
    }

    private Component factorForm() {
        Button turnOff = new Button("Turn off");
        turnOff.addThemeVariants(ButtonVariant.ERROR);
        turnOff.setTestId("second-factor-off");
        ConfirmedForm form = new ConfirmedForm(true, "factor-current").offering(turnOff, current -> {
            account.turnSecondFactorOff(current);
            refreshCredentials();
        });
        form.addComponentAsFirst(new StatusBadge("On", Tone.GOOD));
        return form;
    }

    private Component factorOffer() {
        Button setUp =
                new Button("Set up", click -> new SecondFactorDialog(factors, email, this::refreshCredentials).open());
        setUp.setTestId("second-factor-set-up");
        Div offer = new Div(
                new Paragraph("With a second factor, a code from your phone is asked for beside the password."), setUp);
        offer.addClassName("stack");
        return offer;
    }

    private void refresh() {
        Moments moments = new Moments(ZoneOffset.UTC);
        Instant now = clock.instant();
        List<Session> all = sessions.list(own());
        list.removeAll();
        list.add(new DataTable<Session>("Sessions")
                .title("Browser", session -> new Span(Browsers.words(session.browser())))
                .text("Address", Session::address)
                .text("Since (UTC)", session -> moments.recent(session.createdAt(), now))
                .text("Last seen (UTC)", session -> moments.recent(session.seenAt(), now))
                .actions(this::actions)
                .show(all));
        if (all.size() > 1) {
            Button others = new Button("Sign out everywhere else", click -> {
                sessions.endOthers(own());
                refresh();
            });
            others.setTestId("end-others");
            list.add(others);
        }
    }

    private Component actions(Session session) {
        if (session.own()) {
            return new StatusBadge("This one", Tone.NEUTRAL);
        }
        Button end = new Button("Sign out", click -> end(session));
        end.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR);
        end.setAriaLabel("Sign out: " + Browsers.words(session.browser()));
        end.setTestId("end-session");
        return end;
    }

    /** It may have ended by itself. */
    private void end(Session session) {
        try {
            sessions.end(session.id());
        } catch (Problem gone) {
            Notice.refused(gone.detail());
        }
        refresh();
    }

    private static @Nullable UUID own() {
        return VaadinSession.getCurrent().getSession().getAttribute(NotedSession.ATTRIBUTE)
                        instanceof NotedSession noted
                ? noted.id()
                : null;
    }
}
