package io.rateguard.console.shell;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.card.Card;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.rateguard.console.account.SignUp;
import io.rateguard.console.common.ui.Wordmark;
import java.util.Set;

/** Asks for email address and password. */
@Route(value = "login", autoLayout = false)
@PageTitle("Sign in · RateGuard")
@AnonymousAllowed
public class LoginView extends Main implements BeforeEnterObserver {

    private static final Set<String> FAILURES = Set.of("error", "wait", "busy");

    private final LoginForm form =
            new LoginForm(texts("That did not match", "Check the email address and the password, and try again."));

    LoginView(SignUp signUp) {
        form.setAction("login");
        form.addForgotPasswordListener(forgot -> forgot.getSource().getUI().ifPresent(ui -> ui.navigate("forgot")));
        Card card = new Card();
        card.addClassName("sign-in");
        card.add(form);

        addClassName("centred");
        add(new Wordmark(), card);
        if (signUp.isOpen()) {
            Anchor create = new Anchor("sign-up", "Create an account");
            create.setTestId("sign-up");
            add(new Paragraph(new Text("New here? "), create));
        }
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Set<String> told =
                event.getLocation().getQueryParameters().getParameters().keySet();
        if (told.contains("wait")) {
            form.setI18n(texts("Too many attempts", "Wait a quarter of an hour, then try again."));
        } else if (told.contains("busy")) {
            form.setI18n(texts("Not now", "Sign-in does not work at the moment. Try again in a little while."));
        }
        form.setError(told.stream().anyMatch(FAILURES::contains));
    }

    private static LoginI18n texts(String title, String message) {
        LoginI18n texts = LoginI18n.createDefault();
        LoginI18n.Form form = texts.getForm();
        form.setTitle("Sign in");
        form.setUsername("Email");
        form.setPassword("Password");
        form.setSubmit("Sign in");
        form.setForgotPassword("Forgot your password?");
        LoginI18n.ErrorMessage error = texts.getErrorMessage();
        error.setTitle(title);
        error.setMessage(message);
        error.setUsername("Enter your email address");
        error.setPassword("Enter your password");
        return texts;
    }
}
