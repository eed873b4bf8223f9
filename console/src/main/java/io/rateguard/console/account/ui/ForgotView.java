package io.rateguard.console.account.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.rateguard.console.account.PasswordReset;
import io.rateguard.console.common.ui.CardPage;

/** Sends a letter to who has forgotten their password, and says the same to everyone. */
@Route(value = "forgot", autoLayout = false)
@PageTitle("Forgotten password · RateGuard")
@AnonymousAllowed
class ForgotView extends CardPage {

    private final PasswordReset reset;
    private final EmailField email = new EmailField("Email");

    ForgotView(PasswordReset reset) {
        this.reset = reset;
        email.setManualValidation(true);
        email.setTestId("forgot-email");
        errors().bind("email", email);
        show(
                new H1("Choose a new password"),
                new Paragraph("A letter with a link will come to the address of your account."),
                email);
        offer("Send the letter", "forgot-send", this::send);
    }

    private void send() {
        reset.ask(email.getValue());
        show(
                new H1("Look for the letter"),
                new Paragraph("If there is an account for " + email.getValue()
                        + ", a letter is on its way. Its link works once, for an hour."),
                new Anchor("login", "Sign in"));
    }
}
