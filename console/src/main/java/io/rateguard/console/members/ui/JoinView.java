package io.rateguard.console.members.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.rateguard.console.common.ui.CardPage;
import io.rateguard.console.common.ui.NewPasswordField;
import io.rateguard.console.common.ui.OwnNameField;
import io.rateguard.console.members.Invitations;
import io.rateguard.console.members.Invitations.Offer;
import io.rateguard.domain.letter.Letter;
import java.util.Locale;
import java.util.Optional;

/** Where the link of an invitation leads: nothing is taken until the button is pressed, since programs follow links too. */
@Route(value = Letter.Invitation.PATH + "/:secret", autoLayout = false)
@PageTitle("Join · RateGuard")
@AnonymousAllowed
class JoinView extends CardPage implements BeforeEnterObserver {

    private final Invitations invitations;
    private final OwnNameField name = new OwnNameField();
    private final NewPasswordField password = new NewPasswordField("Password");

    JoinView(Invitations invitations) {
        this.invitations = invitations;
        errors().bind("name", name).bind("password", password);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String secret = event.getRouteParameters().get("secret").orElse("");
        Optional<Offer> offer = invitations.open(secret);
        if (offer.isEmpty()) {
            show(
                    new H1("This link works no more"),
                    new Paragraph(
                            "It was used, revoked or replaced, or it is more than a week old. Ask for another invitation."),
                    new Anchor("login", "Sign in"));
            return;
        }
        show(secret, offer.get());
    }

    private void show(String secret, Offer offer) {
        H1 title = new H1("Join " + offer.workspace());
        Paragraph invitation = new Paragraph(offer.invitedBy() + " invites " + offer.email() + " as "
                + offer.role().title().toLowerCase(Locale.ROOT) + ".");
        if (offer.hasAccount()) {
            show(title, invitation);
        } else {
            show(title, invitation, name, password);
            name.focus();
        }
        offer("Join", "join", () -> join(secret, offer));
    }

    private void join(String secret, Offer offer) {
        invitations.accept(secret, name.getValue(), password.getValue());
        show(
                new H1("Welcome to " + offer.workspace()),
                new Paragraph("Sign in as " + offer.email() + " to begin."),
                new Anchor("login", "Sign in"));
    }
}
