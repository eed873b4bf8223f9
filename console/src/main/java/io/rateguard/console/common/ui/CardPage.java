package io.rateguard.console.common.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.card.Card;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import io.rateguard.console.problem.Problem;

/** A page before sign-in: one card below the product's name, with a form or a word. */
public abstract class CardPage extends Main {

    private final Div content = new Div();
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    protected CardPage() {
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        content.addClassName("form");
        Card card = new Card();
        card.addClassName("sign-in");
        card.add(content);
        addClassName("centred");
        add(new Wordmark(), card);
    }

    /** Where what is wrong with a field is told. */
    protected final FieldErrors errors() {
        return errors;
    }

    /** Replaces what the card says. */
    protected final void show(Component... words) {
        content.removeAll();
        content.add(words);
    }

    /** Adds a button to the card, and a place for what {@code action} objects to. */
    protected final void offer(String text, String testId, Runnable action) {
        Button button = new Button(text, click -> {
            errors.clear();
            try {
                action.run();
            } catch (Problem refused) {
                errors.show(refused);
            }
        });
        button.addThemeVariants(ButtonVariant.PRIMARY);
        button.setTestId(testId);
        content.add(problem, button);
    }
}
