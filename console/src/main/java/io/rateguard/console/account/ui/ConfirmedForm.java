package io.rateguard.console.account.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.HasValue.ValueChangeEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.shared.HasValidationProperties;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.rest.KnownFailures;
import java.util.function.Consumer;

/** Changes something of the account once whoever sits there has shown again that it is theirs. */
final class ConfirmedForm extends Div {

    private final PasswordField current;
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    /** @param codeWillDo whether the account has a second factor */
    ConfirmedForm(boolean codeWillDo, String testId) {
        current = new PasswordField(codeWillDo ? "Current password, or a code" : "Current password");
        current.setManualValidation(true);
        current.setAutocomplete(Autocomplete.CURRENT_PASSWORD);
        current.setTestId(testId);
        errors.bind("current", current);
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        addClassName("form");
    }

    /** What is wanted, by the name that the service has for it. */
    <F extends Component & HasValidationProperties & HasValue<E, ?>, E extends ValueChangeEvent<?>>
            ConfirmedForm wanting(String name, F field) {
        add(field);
        errors.bind(name, field);
        return this;
    }

    /** @param action is given what was typed; what it objects to is shown */
    ConfirmedForm offering(Button button, Consumer<String> action) {
        button.addClickListener(click -> {
            errors.clear();
            try {
                action.accept(current.getValue());
            } catch (RuntimeException failure) {
                errors.show(KnownFailures.problem(failure).orElseThrow(() -> failure));
            }
        });
        add(current, problem, new Div(button));
        return this;
    }
}
