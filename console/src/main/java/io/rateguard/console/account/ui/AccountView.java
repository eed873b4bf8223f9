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
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinSession;
import io.rateguard.console.account.Browsers;
import io.rateguard.console.account.OwnAccount;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.FieldErrors;
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
    private final Sessions sessions;
    private final Clock clock;
    private final SecondFactors factors;
    private final String email;
    private final Div factor = new Div();
    private final Div list = new Div();

    AccountView(
            OwnAccount account,
            Sessions sessions,
            SecondFactors factors,
            Workspaces workspaces,
            CurrentCaller callers,
            Clock clock) {
        this.account = account;
        this.sessions = sessions;
        this.factors = factors;
        this.clock = clock;
        this.email = callers.person().email();
        factor.addClassName("stack");
        list.addClassName("stack");
        addClassName("page");
        setTestId("screen-account");
        Button create = new Button("Create workspace", click -> new CreateWorkspaceDialog(workspaces).open());
        create.setTestId("workspace-create");
        Div parts = new Div(
                password(),
                new Section(new H2("Second factor"), factor),
                new Section(new H2("Where you are signed in"), list),
                new Section(
                        new H2("A workspace of your own"),
                        new Paragraph(
                                "It has keys, limits, budgets and members apart from all others, and you own it."),
                        new Div(create)));
        parts.addClassName("sections");
        add(new PageHeader("Your account", email), parts);
        refresh();
        refreshFactor();
    }

    private void refreshFactor() {
        factor.removeAll();
        if (!factors.isOn()) {
            Button setUp =
                    new Button("Set up", click -> new SecondFactorDialog(factors, email, this::refreshFactor).open());
            setUp.setTestId("second-factor-set-up");
            factor.add(
                    new Paragraph("With a second factor, a code from your phone is asked for beside the password."),
                    setUp);
            return;
        }
        PasswordField current = currentPassword();
        Paragraph problem = problem();
        FieldErrors errors = new FieldErrors(problem::setText).bind("current", current);
        Button turnOff = new Button("Turn off", click -> {
            errors.clear();
            try {
                account.turnSecondFactorOff(current.getValue());
                refreshFactor();
            } catch (Problem refused) {
                errors.show(refused);
            }
        });
        turnOff.addThemeVariants(ButtonVariant.ERROR);
        turnOff.setTestId("second-factor-off");
        Div form = new Div(new StatusBadge("On", Tone.GOOD), current, problem, new Div(turnOff));
        form.addClassName("form");
        factor.add(form);
    }

    private static PasswordField currentPassword() {
        PasswordField current = new PasswordField("Current password");
        current.setManualValidation(true);
        current.setAutocomplete(Autocomplete.CURRENT_PASSWORD);
        return current;
    }

    private static Paragraph problem() {
        Paragraph problem = new Paragraph();
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        return problem;
    }

    private Component password() {
        PasswordField current = currentPassword();
        current.setTestId("current-password");
        NewPasswordField wanted = new NewPasswordField("New password");
        Paragraph problem = problem();
        FieldErrors errors =
                new FieldErrors(problem::setText).bind("current", current).bind("password", wanted);
        Button change = new Button("Change password", click -> {
            errors.clear();
            try {
                account.changePassword(current.getValue(), wanted.getValue(), own());
                current.clear();
                wanted.clear();
                Notice.done("Your password is changed; elsewhere you are signed out.");
            } catch (Problem refused) {
                errors.show(refused);
            }
            refresh();
        });
        change.setTestId("change-password");
        Div form = new Div(current, wanted, problem, new Div(change));
        form.addClassName("form");
        return new Section(new H2("Password"), form);
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
