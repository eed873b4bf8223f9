package io.rateguard.console.budgets.ui;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.TypedFigures;
import io.rateguard.domain.money.Money;
import org.jspecify.annotations.Nullable;

/** An amount of dollars, to the nano-dollar. */
final class DollarField extends TextField {

    /** The name by which objections to what was typed speak of it; the service has a name of its own. */
    private static final String TYPED = "amount";

    DollarField(String label, String testId) {
        super(label);
        setPrefixComponent(new Span("$"));
        setManualValidation(true);
        setTestId(testId);
    }

    void bindTo(FieldErrors errors) {
        errors.bind(TYPED, this).bind("amountNanos", this, Amounts::inDollars);
    }

    void setMoney(Money money) {
        setValue(money.usd());
    }

    /** Nothing where it is empty. */
    @Nullable
    Long nanos() {
        return getValue().isBlank() ? null : (Long) TypedFigures.nanos(TYPED, getValue());
    }
}
