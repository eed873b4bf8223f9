package io.rateguard.console.common.ui;

import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.PasswordField;

/** Asks for a password that is not yet one; whoever keeps passwords for the person may make it up. */
public final class NewPasswordField extends PasswordField {

    public NewPasswordField(String label) {
        super(label);
        setManualValidation(true);
        setHelperText("8 characters or more");
        setAutocomplete(Autocomplete.NEW_PASSWORD);
        setTestId("new-password");
    }
}
