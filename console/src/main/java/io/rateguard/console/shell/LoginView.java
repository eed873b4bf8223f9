package io.rateguard.console.shell;

import com.vaadin.flow.component.card.Card;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;

/** Asks for e-mail address and password. */
@Route(value = "login", autoLayout = false)
@PageTitle("Sign in · RateGuard")
@AnonymousAllowed
public class LoginView extends Main implements BeforeEnterObserver {

    private final LoginForm form = new LoginForm(texts());

    LoginView() {
        form.setAction("login");
        form.setForgotPasswordButtonVisible(false);
        Card card = new Card();
        card.addClassName("sign-in");
        card.add(form);

        addClassName("centred");
        add(new Wordmark(), card);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        boolean failed =
                event.getLocation().getQueryParameters().getParameters().containsKey("error");
        form.setError(failed);
    }

    private static LoginI18n texts() {
        LoginI18n texts = LoginI18n.createDefault();
        LoginI18n.Form form = texts.getForm();
        form.setTitle("Sign in");
        form.setUsername("E-mail");
        form.setPassword("Password");
        form.setSubmit("Sign in");
        LoginI18n.ErrorMessage error = texts.getErrorMessage();
        error.setTitle("That did not match");
        error.setMessage("Check the e-mail address and the password, and try again.");
        error.setUsername("Enter your e-mail address");
        error.setPassword("Enter your password");
        return texts;
    }
}
