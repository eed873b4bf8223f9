package io.rateguard.console.budgets.ui;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import io.rateguard.console.problem.Problem;
import io.rateguard.domain.money.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An amount of dollars, to the nano-dollar. */
final class DollarField extends TextField {

    /** The name by which the service speaks of it. */
    static final String NANOS = "amountNanos";

    private static final int NANO_DIGITS = 9;

    DollarField(String label, String testId) {
        super(label);
        setPrefixComponent(new Span("$"));
        setManualValidation(true);
        setTestId(testId);
    }

    void setMoney(Money money) {
        setValue(money.usd());
    }

    /** Nothing where it is empty. */
    @Nullable
    Long nanos() {
        String text = getValue().strip().replace(",", "");
        try {
            return text.isEmpty()
                    ? null
                    : (Long) new BigDecimal(text).movePointRight(NANO_DIGITS).longValueExact();
        } catch (NumberFormatException noNumber) {
            throw Problem.invalid(NANOS + ": " + getValue() + " (expected: dollars, such as 250 or 0.50)");
        } catch (ArithmeticException notWhole) {
            throw Problem.invalid(NANOS + ": " + getValue() + " (expected: dollars with at most 9 decimals)");
        }
    }
}
