package io.rateguard.console.account.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.rateguard.console.account.PasswordReset;
import io.rateguard.console.common.ui.CardPage;
import io.rateguard.console.common.ui.NewPasswordField;
import io.rateguard.domain.letter.Letter;
import java.util.Optional;

/** Where the link of a letter about a forgotten password leads. */
@Route(value = Letter.PasswordReset.PATH + "/:secret", autoLayout = false)
@PageTitle("New password · RateGuard")
@AnonymousAllowed
class ResetView extends CardPage implements BeforeEnterObserver {

    private final PasswordReset reset;
    private final NewPasswordField password = new NewPasswordField("New password");

    ResetView(PasswordReset reset) {
        this.reset = reset;
        errors().bind("password", password);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String secret = event.getRouteParameters().get("secret").orElse("");
        Optional<String> email = reset.open(secret);
        if (email.isEmpty()) {
            show(
                    new H1("This link works no more"),
                    new Paragraph("It was used or replaced, or it is more than an hour old."),
                    new Anchor("forgot", "Ask for another one"));
            return;
        }
        show(new H1("Choose a new password"), new Paragraph("For " + email.get() + "."), password);
        password.focus();
        offer("Set password", "reset", () -> choose(secret));
    }

    private void choose(String secret) {
        reset.choose(secret, password.getValue());
        show(
                new H1("Your password is changed"),
                new Paragraph("Sign in with the new one."),
                new Anchor("login", "Sign in"));
    }
}
