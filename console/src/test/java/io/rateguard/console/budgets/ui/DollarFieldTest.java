package io.rateguard.console.budgets.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.problem.Problem;
import org.junit.jupiter.api.Test;

class DollarFieldTest {

    private final DollarField field = new DollarField("Amount", "amount");
    private final FieldErrors errors =
            new FieldErrors(elsewhere -> assertThat(elsewhere).isEmpty());

    DollarFieldTest() {
        field.bindTo(errors);
    }

    @Test
    void objectsToWhatWasTypedAsItWasTyped() {
        field.setValue("0,50");

        try {
            field.nanos();
        } catch (Problem refused) {
            errors.show(refused);
        }

        assertThat(field.isInvalid()).isTrue();
        assertThat(field.getErrorMessage())
                .isEqualTo("0,50 (expected: dollars, such as 250 or 0.50, commas between thousands)");
    }

    @Test
    void saysInDollarsWhatTheServiceSaysOfNanoDollars() {
        errors.show(
                Problem.invalid("amountNanos: 9007199254740990 (expected: 9007199254740986 or less, so that the budget"
                        + " with all its increases stays within 9007199254740991)"));

        assertThat(field.getErrorMessage())
                .isEqualTo("$9007199.25474099 (expected: $9007199.254740986 or less, so that the budget"
                        + " with all its increases stays within $9007199.254740991)");
    }
}
