package io.rateguard.console.account.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.rateguard.console.account.AddressChange;
import io.rateguard.console.common.ui.CardPage;
import io.rateguard.domain.letter.Letter;
import java.util.Optional;

/** Where the link of a letter to the new address of an account leads. */
@Route(value = Letter.NewAddress.PATH + "/:secret", autoLayout = false)
@PageTitle("New address · RateGuard")
@AnonymousAllowed
class AddressView extends CardPage implements BeforeEnterObserver {

    private final AddressChange change;

    AddressView(AddressChange change) {
        this.change = change;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String secret = event.getRouteParameters().get("secret").orElse("");
        Optional<String> email = change.open(secret);
        if (email.isEmpty()) {
            show(
                    new H1("This link works no more"),
                    new Paragraph("It was used or replaced, or it is more than a day old."),
                    new Anchor("account", "Your account"));
            return;
        }
        show(
                new H1("Your new address"),
                new Paragraph("From now on you sign in as " + email.get() + ", and letters go there."));
        offer("Use this address", "address", () -> use(secret, email.get()));
    }

    private void use(String secret, String email) {
        change.confirm(secret);
        show(
                new H1("Your address is changed"),
                new Paragraph("Sign in as " + email + "."),
                new Anchor("login", "Sign in"));
    }
}
