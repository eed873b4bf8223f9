package io.rateguard.console.common.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;

/** What a list says while there is nothing in it: what would be here, and how it gets here. */
public final class EmptyState extends Div {

    public EmptyState(String title, String text, Component... next) {
        addClassName("empty-state");
        add(new H2(title), new Paragraph(text));
        add(next);
    }
}
