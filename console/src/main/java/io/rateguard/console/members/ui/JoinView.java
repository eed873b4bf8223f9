package io.rateguard.console.members.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.card.Card;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.Wordmark;
import io.rateguard.console.members.Invitations;
import io.rateguard.console.members.Invitations.Offer;
import io.rateguard.console.problem.Problem;
import io.rateguard.domain.letter.Letter;
import java.util.Locale;
import java.util.Optional;

/** Where the link of an invitation leads: nothing is taken until the button is pressed, since programs follow links too. */
@Route(value = Letter.Invitation.PATH + "/:secret", autoLayout = false)
@PageTitle("Join · RateGuard")
@AnonymousAllowed
public class JoinView extends Main implements BeforeEnterObserver {

    private final Invitations invitations;
    private final Div content = new Div();
    private final TextField name = new TextField("Your name");
    private final PasswordField password = new PasswordField("Password");
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    JoinView(Invitations invitations) {
        this.invitations = invitations;
        name.setManualValidation(true);
        name.setTestId("join-name");
        name.setAutocomplete(Autocomplete.NAME);
        password.setManualValidation(true);
        password.setHelperText("8 characters or more");
        password.setTestId("join-password");
        password.setAutocomplete(Autocomplete.NEW_PASSWORD);
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        errors.bind("name", name).bind("password", password);
        content.addClassName("form");
        Card card = new Card();
        card.addClassName("sign-in");
        card.add(content);
        addClassName("centred");
        add(new Wordmark(), card);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String secret = event.getRouteParameters().get("secret").orElse("");
        Optional<Offer> offer = invitations.open(secret);
        content.removeAll();
        if (offer.isEmpty()) {
            content.add(
                    new H1("This link works no more"),
                    new Paragraph(
                            "It was used, revoked or replaced, or it is more than a week old. Ask for another invitation."),
                    new Anchor("login", "Sign in"));
            return;
        }
        show(secret, offer.get());
    }

    private void show(String secret, Offer offer) {
        content.add(
                new H1("Join " + offer.workspace()),
                new Paragraph(offer.invitedBy() + " invites " + offer.email() + " as "
                        + offer.role().title().toLowerCase(Locale.ROOT) + "."));
        if (!offer.hasAccount()) {
            content.add(name, password);
            name.focus();
        }
        Button join = new Button("Join", click -> join(secret, offer));
        join.addThemeVariants(ButtonVariant.PRIMARY);
        join.setTestId("join");
        content.add(problem, join);
    }

    private void join(String secret, Offer offer) {
        errors.clear();
        try {
            invitations.accept(secret, name.getValue(), password.getValue());
        } catch (Problem refused) {
            errors.show(refused);
            return;
        }
        content.removeAll();
        content.add(
                new H1("Welcome to " + offer.workspace()),
                new Paragraph("Sign in as " + offer.email() + " to begin."),
                new Anchor("login", "Sign in"));
    }
}
