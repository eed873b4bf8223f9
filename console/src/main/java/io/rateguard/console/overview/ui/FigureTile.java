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

    FigureTile(String name, String note, String testId) {
        Paragraph title = new Paragraph(name);
        title.addClassName("figure-name");
        figure.addClassName("figure");
        figure.setTestId(testId);
        this.note.addClassName("figure-note");
        this.note.setText(note);
        addClassName("figure-tile");
        add(title, figure, this.note);
    }

    void show(Money money) {
        show(Amounts.dollars(money), Amounts.exactly(money));
    }

    void show(String text, String exactly) {
        if (!text.equals(figure.getText())) {
            figure.setText(text);
        }
        figure.setTitle(exactly);
    }

    void note(String text) {
        if (!text.equals(note.getText())) {
            note.setText(text);
        }
    }
}
