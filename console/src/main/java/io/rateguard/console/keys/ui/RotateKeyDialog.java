package io.rateguard.console.keys.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.keys.Keys.Key;
import io.rateguard.console.keys.Rotation;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.workspaces.Workspace;
import java.time.Clock;
import java.time.Duration;

/** Asks how long the old secret still works, then shows the new one once. */
final class RotateKeyDialog extends Dialog {

    private final Keys keys;
    private final Workspace workspace;
    private final Key key;
    private final SecretOnce secret;
    private final RadioButtonGroup<Grace> grace = new RadioButtonGroup<>("The old secret works for");

    private final ExpiryChoice expires;
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    RotateKeyDialog(Keys keys, Workspace workspace, Key key, SecretOnce secret, Clock clock, Runnable rotated) {
        this.keys = keys;
        this.workspace = workspace;
        this.key = key;
        this.secret = secret;
        this.expires = ExpiryChoice.ofSuccessor(key, workspace.zone(), clock);

        grace.setItems(Grace.values());
        grace.setItemLabelGenerator(each -> each.words);
        grace.setValue(Grace.HOUR);
        grace.setTestId("key-grace");
        Button rotate = new Button("Rotate key", click -> rotate(rotated));
        rotate.addThemeVariants(ButtonVariant.PRIMARY);
        rotate.setTestId("key-rotate-confirm");

        Div form = new Div(
                new Paragraph("A successor takes over with a new secret and everything else as it is."
                        + " Limits and budgets count both as one key, and go on where they stand."),
                grace,
                expires,
                problem);
        expires.bind(errors);
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        form.addClassName("form");
        setHeaderTitle("Rotate “" + key.name() + "”");
        addClassName("form-dialog");
        add(form);
        getFooter().add(new Button("Cancel", click -> close()), rotate);
    }

    private void rotate(Runnable rotated) {
        errors.clear();
        Keys.Rotated result;
        try {
            result = keys.rotate(
                    workspace.id(),
                    key.id().toString(),
                    new Rotation(grace.getValue().length.toSeconds(), expires.end()));
        } catch (Problem refused) {
            errors.show(refused);
            return;
        }
        rotated.run();
        secret.show(
                this,
                result.successor(),
                "Key “" + key.name() + "” is rotated",
                grace.getValue() == Grace.NONE
                        ? "The old secret is refused from now on."
                        : "The old secret works until "
                                + new Moments(workspace.zone()).full(result.previousValidUntil())
                                + "; revoke the old key to end that early.");
    }

    private enum Grace {
        NONE("No time: it is refused at once", Duration.ZERO),
        HOUR("An hour", Duration.ofHours(1)),
        DAY("A day", Duration.ofDays(1)),
        WEEK("A week", Duration.ofDays(7));

        private final String words;
        private final Duration length;

        Grace(String words, Duration length) {
            this.words = words;
            this.length = length;
        }
    }
}
