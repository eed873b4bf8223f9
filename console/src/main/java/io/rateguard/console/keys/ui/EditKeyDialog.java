package io.rateguard.console.keys.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.common.ui.Confirmation;
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
        Runnable saving = () -> fields.attempt(() -> {
            Key changed = keys.edit(
                    workspace.id(), key.id().toString(), SeenVersion.of(key.version()), present -> fields.wanted());
            close();
            edited.run();
            Notice.done("Key “" + changed.name() + "” is changed, on every proxy within a second.");
        });
        Button save = new Button(
                "Save",
                click -> fields.attempt(() -> confirmOpening(key, KeyWords.opened(key, fields.wanted()), saving)));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.setTestId("key-edit-save");
        setHeaderTitle("Edit “" + key.name() + "”");
        addClassName("form-dialog");
        add(fields);
        getFooter().add(new Button("Cancel", click -> close()), save);
    }

    /** Whoever empties a list may mean nothing rather than everything. */
    private static void confirmOpening(Key key, List<String> opened, Runnable saving) {
        if (opened.isEmpty()) {
            saving.run();
            return;
        }
        Confirmation.ask(
                "Open key “" + key.name() + "” to more?",
                "Within a second it works " + String.join("; ", opened) + ".",
                "Open key",
                saving);
    }
}
