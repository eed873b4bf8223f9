package io.rateguard.console.shell;

import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;

/** The product's sign and name. */
final class Wordmark extends Span {

    Wordmark() {
        addClassName("wordmark");
        Image sign = new Image("favicon.svg", "");
        add(sign, new Span("RateGuard"));
    }
}
