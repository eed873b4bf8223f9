package io.rateguard.console.keys.ui;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.keys.Keys.Key;
import io.rateguard.console.problem.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks when a key ends. */
final class ExpiryChoice extends Div {

    private final RadioButtonGroup<Lifetime> lifetime;
    private final DatePicker lastDay = new DatePicker("Last day");
    private final @Nullable Instant kept;
    private final ZoneId zone;
    private final Clock clock;

    private ExpiryChoice(
            String label, Set<Lifetime> choices, String keepWords, @Nullable Instant kept, ZoneId zone, Clock clock) {
        this.lifetime = new RadioButtonGroup<>(label);
        this.kept = kept;
        this.zone = zone;
        this.clock = clock;
        lifetime.setItems(choices);
        lifetime.setItemLabelGenerator(each -> each == Lifetime.KEPT ? keepWords : each.words);
        lifetime.setValue(choices.iterator().next());
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

    static ExpiryChoice ofNew(ZoneId zone, Clock clock) {
        return new ExpiryChoice("Expires", EnumSet.range(Lifetime.NEVER, Lifetime.DAY), "", null, zone, clock);
    }

    /** Where nothing is said, a successor ends as the key would have. */
    static ExpiryChoice ofSuccessor(Key key, ZoneId zone, Clock clock) {
        String keepWords = key.expiresAt() == null ? "Never" : "When the old one would have";
        return new ExpiryChoice(
                "The new one expires", EnumSet.complementOf(EnumSet.of(Lifetime.NEVER)), keepWords, null, zone, clock);
    }

    static ExpiryChoice of(Key key, ZoneId zone, Clock clock) {
        Instant end = key.expiresAt();
        if (end == null) {
            return ofNew(zone, clock);
        }
        return new ExpiryChoice(
                "Expires",
                EnumSet.allOf(Lifetime.class),
                "As it is: " + new Moments(zone).minute(end),
                end,
                zone,
                clock);
    }

    void bind(FieldErrors errors) {
        errors.bind("expiresAt", lifetime).bind("lastDay", lastDay);
    }

    /** Null for a key without an end; of a successor, for what its key has. */
    @Nullable
    Instant end() {
        return switch (lifetime.getValue()) {
            case KEPT -> kept;
            case NEVER -> null;
            case MONTH, QUARTER, YEAR ->
                clock.instant().atZone(zone).plus(lifetime.getValue().length).toInstant();
            case DAY -> {
                if (lastDay.getValue() == null) {
                    throw Problem.invalid("lastDay: missing (expected: a day)");
                }
                yield lastDay.getValue()
                        .plusDays(1)
                        .atStartOfDay(zone)
                        .minusSeconds(1)
                        .toInstant();
            }
        };
    }

    private enum Lifetime {
        KEPT("", Period.ZERO),
        NEVER("Never", Period.ZERO),
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
