package io.rateguard.console.overview.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.domain.money.Money;

/** One figure with its name and a line beneath that says what it means. */
final class FigureTile extends Div {

    private final Span figure = new Span();
    private final Span note = new Span();
    private final Span comparison = new Span();

    FigureTile(String name, String note, String testId) {
        Paragraph title = new Paragraph(name);
        title.addClassName("figure-name");
        figure.addClassName("figure");
        figure.setTestId(testId);
        this.note.addClassName("figure-note");
        this.note.setText(note);
        addClassName("figure-tile");
        comparison.addClassName("figure-note");
        add(title, figure, this.note, comparison);
    }

    void show(Money money) {
        show(Amounts.dollars(money), Amounts.exactly(money));
    }

    void show(String text, String exactly) {
        put(figure, text);
        figure.setTitle(exactly);
    }

    void note(String text) {
        put(note, text);
    }

    /** What it was before, under everything else. */
    void compare(String text) {
        put(comparison, text);
    }

    private static void put(Span place, String text) {
        if (!text.equals(place.getText())) {
            place.setText(text);
        }
    }
}
