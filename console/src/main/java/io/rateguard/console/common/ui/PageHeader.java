package io.rateguard.console.common.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Paragraph;

/** What a screen is, in a line, and what can be done on it. */
public final class PageHeader extends Header {

    public PageHeader(String title, String purpose, Component... actions) {
        addClassName("page-header");
        Div words = new Div(new H1(title), new Paragraph(purpose));
        Div buttons = new Div(actions);
        buttons.addClassName("page-actions");
        add(words, buttons);
    }
}
