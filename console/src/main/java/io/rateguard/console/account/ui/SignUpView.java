package io.rateguard.console.account.ui;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.rateguard.console.account.SignUp;
import io.rateguard.console.common.ui.CardPage;

/** Sends a letter to who wants an account, and says the same to everyone. */
@Route(value = "sign-up", autoLayout = false)
@PageTitle("Sign up · RateGuard")
@AnonymousAllowed
class SignUpView extends CardPage {

    private final SignUp signUp;
    private final EmailField email = new EmailField("Email");

    SignUpView(SignUp signUp) {
        this.signUp = signUp;
        if (!signUp.isOpen()) {
            show(
                    new H1("By invitation"),
                    new Paragraph("Accounts come with an invitation here. Ask somebody who has one to invite you."),
                    new Anchor("login", "Sign in"));
            return;
        }
        email.setManualValidation(true);
        email.setAutocomplete(Autocomplete.EMAIL);
        email.setTestId("sign-up-email");
        email.focus();
        errors().bind("email", email);
        show(
                new H1("Create your account"),
                new Paragraph("A letter with a link will come to your address. The rest is asked for there."),
                email);
        offer("Send the letter", "sign-up-send", this::send);
        add(new Paragraph(new Text("Have an account? "), new Anchor("login", "Sign in")));
    }

    private void send() {
        signUp.ask(email.getValue());
        show(
                new H1("Look for the letter"),
                new Paragraph("A letter is on its way to " + email.getValue() + ". Its link works once, for a day."));
    }
}
