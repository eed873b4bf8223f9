package io.rateguard.console.keys.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ExpiryChoiceTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-27T10:00:00Z"), ZoneOffset.UTC);
    private static final Instant END = Instant.parse("2027-03-01T08:30:00Z");

    @Test
    void aNewKeyHasNoEndUnlessOneIsChosen() {
        ExpiryChoice choice = ExpiryChoice.ofNew(BERLIN, CLOCK);

        assertThat(choice.end()).isNull();
        choose(choice, "In 30 days");
        assertThat(choice.end()).isEqualTo("2026-12-27T10:00:00Z");
    }

    @Test
    void theLastDayCountsToItsEndWhereTheWorkspaceIs() {
        ExpiryChoice choice = ExpiryChoice.ofNew(BERLIN, CLOCK);
        choose(choice, "On a day");
        assertThatThrownBy(choice::end).hasMessage("lastDay: missing (expected: a day)");

        ((DatePicker) choice.getComponentAt(1)).setValue(LocalDate.of(2026, 12, 31));

        assertThat(choice.end()).isEqualTo("2026-12-31T22:59:59Z");
    }

    @Test
    void anEditKeepsTheEndOrTakesItAway() {
        ExpiryChoice choice = ExpiryChoice.of(SampleKey.ending(END), BERLIN, CLOCK);

        assertThat(choice.end()).isEqualTo(END);
        choose(choice, "As it is: 1 Mar 2027, 09:30 CET");
        assertThat(choice.end()).isEqualTo(END);
        choose(choice, "Never");
        assertThat(choice.end()).isNull();
        assertThat(ExpiryChoice.of(SampleKey.ending(null), BERLIN, CLOCK).end()).isNull();
    }

    @Test
    void aSuccessorEndsAsItsKeyUnlessSomethingIsSaid() {
        ExpiryChoice choice = ExpiryChoice.ofSuccessor(SampleKey.ending(END), BERLIN, CLOCK);

        assertThat(choice.end()).as("what its key has").isNull();
        choose(choice, "In a year");
        assertThat(choice.end()).isEqualTo("2027-11-27T10:00:00Z");
    }

    private static void choose(ExpiryChoice choice, String words) {
        @SuppressWarnings("unchecked")
        RadioButtonGroup<Object> lifetime = (RadioButtonGroup<Object>) choice.getComponentAt(0);
        lifetime.setValue(lifetime.getListDataView()
                .getItems()
                .filter(each -> lifetime.getItemLabelGenerator().apply(each).equals(words))
                .findFirst()
                .orElseThrow());
    }
}
