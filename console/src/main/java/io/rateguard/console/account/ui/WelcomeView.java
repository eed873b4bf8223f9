package io.rateguard.console.account.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.rateguard.console.account.SignUp;
import io.rateguard.console.common.ui.CardPage;
import io.rateguard.console.common.ui.NewPasswordField;
import io.rateguard.console.common.ui.OwnNameField;
import io.rateguard.domain.letter.Letter;
import java.util.Optional;

/** Where the link of a letter to who wants an account leads. */
@Route(value = Letter.SignUp.PATH + "/:secret", autoLayout = false)
@PageTitle("Sign up · RateGuard")
@AnonymousAllowed
class WelcomeView extends CardPage implements BeforeEnterObserver {

    private final SignUp signUp;
    private final OwnNameField name = new OwnNameField();
    private final NewPasswordField password = new NewPasswordField("Password");

    WelcomeView(SignUp signUp) {
        this.signUp = signUp;
        errors().bind("name", name).bind("password", password);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String secret = event.getRouteParameters().get("secret").orElse("");
        Optional<String> email = signUp.open(secret);
        if (email.isEmpty()) {
            show(
                    new H1("This link works no more"),
                    new Paragraph("It was used or replaced, or it is more than a day old."),
                    new Anchor("sign-up", "Ask for another one"));
            return;
        }
        show(new H1("Welcome"), new Paragraph("Your account is for " + email.get() + "."), name, password);
        name.focus();
        offer("Open the account", "welcome", () -> open(secret, email.get()));
    }

    private void open(String secret, String email) {
        signUp.confirm(secret, name.getValue(), password.getValue());
        show(
                new H1("Your account is ready"),
                new Paragraph("Sign in as " + email + " to create your first workspace."),
                new Anchor("login", "Sign in"));
    }
}
