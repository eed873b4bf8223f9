package io.rateguard.console.common.ui;

import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;

/** The product's sign and name. */
public final class Wordmark extends Span {

    public Wordmark() {
        addClassName("wordmark");
        Image sign = new Image("favicon.svg", "");
        add(sign, new Span("RateGuard"));
    }
}
