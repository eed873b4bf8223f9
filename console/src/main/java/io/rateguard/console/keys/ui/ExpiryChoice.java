package io.rateguard.console.keys.ui;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.problem.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Asks when a key ends. */
final class ExpiryChoice extends Div {

    private final RadioButtonGroup<Lifetime> lifetime;
    private final DatePicker lastDay = new DatePicker("Last day");
    private final ZoneId zone;
    private final Clock clock;

    /** @param without what it means to say nothing */
    ExpiryChoice(String label, String without, ZoneId zone, Clock clock) {
        this.lifetime = new RadioButtonGroup<>(label);
        this.zone = zone;
        this.clock = clock;
        lifetime.setItems(Lifetime.values());
        lifetime.setItemLabelGenerator(each -> each == Lifetime.WITHOUT ? without : each.words);
        lifetime.setValue(Lifetime.WITHOUT);
        lifetime.setTestId("key-expires");
        lifetime.addValueChangeListener(changed -> lastDay.setVisible(changed.getValue() == Lifetime.DAY));
        lastDay.setManualValidation(true);
        lastDay.setMin(LocalDate.now(clock.withZone(zone)));
        lastDay.setHelperText("The key works to its end, in " + zone + " time");
        lastDay.setVisible(false);
        lastDay.setTestId("key-last-day");
        addClassName("form");
        add(lifetime, lastDay);
    }

    void bind(FieldErrors errors) {
        errors.bind("expiresAt", lifetime).bind("lastDay", lastDay);
    }

    /** Null where nothing is said. */
    @Nullable
    Instant end() {
        return switch (lifetime.getValue()) {
            case WITHOUT -> null;
            case MONTH, QUARTER, YEAR ->
                clock.instant().atZone(zone).plus(lifetime.getValue().length).toInstant();
            case DAY -> {
                if (lastDay.getValue() == null) {
                    throw Problem.invalid("lastDay: missing (expected: a day)");
                }
                yield lastDay.getValue().plusDays(1).atStartOfDay(zone).toInstant();
            }
        };
    }

    private enum Lifetime {
        WITHOUT("", Period.ZERO),
        MONTH("In 30 days", Period.ofDays(30)),
        QUARTER("In 90 days", Period.ofDays(90)),
        YEAR("In a year", Period.ofDays(365)),
        DAY("On a day", Period.ZERO);

        private final String words;
        private final Period length;

        Lifetime(String words, Period length) {
            this.words = words;
            this.length = length;
        }
    }
}
