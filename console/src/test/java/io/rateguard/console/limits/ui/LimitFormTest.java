package io.rateguard.console.limits.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.problem.Problem;
import io.rateguard.domain.limit.LimitUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitFormTest {

    private final FieldErrors errors =
            new FieldErrors(elsewhere -> assertThat(elsewhere).isEmpty());
    private final LimitForm form = new LimitForm(new Choices(Map.of(), Map.of()), null, errors, () -> {});
    private final TextField amount = (TextField) field("limit-amount");

    @Test
    void readsDollarsOfALimitOnCost() {
        chooseDollars();
        amount.setValue("1,250.5");

        assertThat(form.wanted().limit().path("max").longValue()).isEqualTo(1_250_500_000_000L);
    }

    @Test
    void takesNoCommaForADecimalPoint() {
        amount.setValue("1,5");
        assertThatThrownBy(form::wanted).hasMessage("amount: 1,5 (expected: a whole number, such as 600 or 1,200)");

        chooseDollars();
        assertThatThrownBy(form::wanted)
                .hasMessage("amount: 1,5 (expected: dollars, such as 250 or 0.50, commas between thousands)");
    }

    @Test
    void saysInDollarsWhatTheServiceSaysOfNanoDollars() {
        Problem objection = Problem.invalid("limit.max: 5000000000000000 (expected: 0 to 4503599627370495)");

        errors.show(objection);
        assertThat(amount.getErrorMessage()).isEqualTo("5000000000000000 (expected: 0 to 4503599627370495)");

        chooseDollars();
        errors.show(objection);
        assertThat(amount.getErrorMessage()).isEqualTo("$5000000 (expected: $0 to $4503599.627370495)");
    }

    @SuppressWarnings("unchecked")
    private void chooseDollars() {
        ((Select<LimitUnit>) field("limit-unit")).setValue(LimitUnit.COST);
    }

    private Component field(String testId) {
        return form.getChildren()
                .filter(each -> testId.equals(each.getElement().getAttribute("data-testid")))
                .findFirst()
                .orElseThrow();
    }
}
