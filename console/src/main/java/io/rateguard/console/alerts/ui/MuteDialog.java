package io.rateguard.console.alerts.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks how long a rule is to be silent. */
final class MuteDialog extends Dialog {

    /** @param mute takes how long */
    MuteDialog(String rule, Consumer<Duration> mute) {
        RadioButtonGroup<Silence> silence = new RadioButtonGroup<>("For");
        silence.setItems(Silence.values());
        silence.setItemLabelGenerator(each -> each.words);
        silence.setValue(Silence.HOUR);
        Button confirm = new Button("Mute rule", click -> {
            close();
            mute.accept(silence.getValue().length);
        });
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        confirm.setTestId("rule-mute-confirm");
        Div form = new Div(
                new Paragraph("What the rule comes upon meanwhile is written down and told nobody, not later either."),
                silence);
        form.addClassName("form");
        setHeaderTitle("Mute “" + rule + "”");
        addClassName("form-dialog");
        add(form);
        getFooter().add(new Button("Cancel", click -> close()), confirm);
    }

    private enum Silence {
        HOUR("An hour", Duration.ofHours(1)),
        SHIFT("Eight hours", Duration.ofHours(8)),
        DAY("A day", Duration.ofDays(1)),
        WEEK("A week", Duration.ofDays(7)),
        MONTH("30 days", Duration.ofDays(30));

        private final String words;
        private final Duration length;

        Silence(String words, Duration length) {
            this.words = words;
            this.length = length;
        }
    }
}
