package io.rateguard.console.keys.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.workspaces.Workspace;
import java.time.Clock;

/** Asks what the key is for, then shows its secret once, with a request that works as it stands. */
final class CreateKeyDialog extends Dialog {

    CreateKeyDialog(Keys keys, Workspace workspace, SecretOnce secret, Clock clock, Runnable created) {
        KeyFields fields = new KeyFields(secret.apis(), ExpiryChoice.ofNew(workspace.zone(), clock));
        Button create = new Button(
                "Create key",
                click -> fields.attempt(() -> {
                    Keys.Created key = keys.create(workspace.id(), fields.wanted());
                    created.run();
                    secret.show(this, key, "Key “" + key.key().name() + "” is ready");
                }));
        create.addThemeVariants(ButtonVariant.PRIMARY);
        // Not on the whole dialog: Enter on Cancel cancels, and in a list it chooses.
        create.addClickShortcut(Key.ENTER).listenOn(fields.name());
        create.setTestId("key-save");
        setHeaderTitle("Create key");
        addClassName("form-dialog");
        add(fields);
        getFooter().add(new Button("Cancel", click -> close()), create);
    }
}
