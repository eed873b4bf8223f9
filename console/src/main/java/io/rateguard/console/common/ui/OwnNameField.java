package io.rateguard.console.common.ui;

import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.TextField;

/** Asks people who open an account what they are called. */
public final class OwnNameField extends TextField {

    public OwnNameField() {
        super("Your name");
        setManualValidation(true);
        setAutocomplete(Autocomplete.NAME);
        setTestId("own-name");
    }
}
