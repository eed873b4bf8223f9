package io.rateguard.console.keys.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.keys.Keys.Key;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.workspaces.Workspace;
import java.time.Clock;
import java.util.List;

/** Makes a key be for something else; its secret stays. */
final class EditKeyDialog extends Dialog {

    EditKeyDialog(Keys keys, Workspace workspace, Key key, List<Api> apis, Clock clock, Runnable edited) {
        KeyFields fields = new KeyFields(apis, ExpiryChoice.of(key, workspace.zone(), clock), key);
        Button save = new Button(
                "Save",
                click -> fields.attempt(() -> {
                    Key changed = keys.edit(
                            workspace.id(),
                            key.id().toString(),
                            SeenVersion.of(key.version()),
                            present -> fields.wanted());
                    close();
                    edited.run();
                    Notice.done("Key “" + changed.name() + "” is changed, on every proxy within a second.");
                }));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.setTestId("key-edit-save");
        setHeaderTitle("Edit “" + key.name() + "”");
        addClassName("form-dialog");
        add(fields);
        getFooter().add(new Button("Cancel", click -> close()), save);
    }
}
