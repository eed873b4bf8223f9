package io.rateguard.console.keys.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.keys.NewKey;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks what the key is for, then shows its secret once, with a request that works as it stands. */
final class CreateKeyDialog extends Dialog {

    private final Keys keys;
    private final WorkspaceId workspace;
    private final SecretOnce secret;

    private final TextField name = new TextField("Name");
    private final RadioButtonGroup<String> environment = new RadioButtonGroup<>("Environment");
    private final MultiSelectComboBox<Api> allowed = new MultiSelectComboBox<>("APIs");
    private final TextField models = new TextField("Models");
    private final TextField endpoints = new TextField("Endpoints");
    private final TextField ipRanges = new TextField("Addresses");
    private final ExpiryChoice expires;
    private final BelongingFields belonging = new BelongingFields();
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    CreateKeyDialog(Keys keys, Workspace workspace, SecretOnce secret, Clock clock, Runnable created) {
        this.keys = keys;
        this.workspace = workspace.id();
        this.secret = secret;
        this.expires = new ExpiryChoice("Expires", "Never", workspace.zone(), clock);

        name.setHelperText("For people: where the key is used");
        name.setManualValidation(true);
        name.setRequiredIndicatorVisible(true);
        name.setMaxLength(200);
        name.setTestId("key-name");
        name.focus();
        environment.setItems("live", "test");
        environment.setItemLabelGenerator(kind -> kind.equals("live") ? "Live" : "Test");
        environment.setValue("live");
        allowed.setItems(secret.apis());
        allowed.setItemLabelGenerator(Api::name);
        allowed.setPlaceholder("All APIs, those to come too");
        allowed.setTestId("key-apis");
        scope(models, "key-models", "All", "Names, such as gpt-4o*, claude-*");
        scope(endpoints, "key-endpoints", "All", "Patterns, such as /v1/chat/**");
        scope(ipRanges, "key-ip-ranges", "Any", "Blocks, such as 203.0.113.0/24, 2001:db8::/32");
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        errors.bind("name", name)
                .bind("apis", allowed)
                .bind("models", models)
                .bind("endpoints", endpoints)
                .bind("ipRanges", ipRanges);
        belonging.bind(errors);
        expires.bind(errors);

        Button create = new Button("Create key", click -> create(created));
        create.addThemeVariants(ButtonVariant.PRIMARY);
        // Not on the whole dialog: Enter on Cancel cancels, and in a list it chooses.
        create.addClickShortcut(Key.ENTER).listenOn(name);
        create.setTestId("key-save");
        Button cancel = new Button("Cancel", click -> close());

        Div form = new Div(name, environment, allowed, models, endpoints, ipRanges, expires, belonging, problem);
        form.addClassName("form");
        setHeaderTitle("Create key");
        addClassName("form-dialog");
        add(form);
        getFooter().add(cancel, create);
    }

    private void create(Runnable created) {
        errors.clear();
        try {
            Keys.Created key = keys.create(workspace, wanted());
            created.run();
            secret.show(this, key, "Key “" + key.key().name() + "” is ready");
        } catch (Problem refused) {
            errors.show(refused);
            belonging.openIfWrong();
        }
    }

    private NewKey wanted() {
        @Nullable
        List<String> slugs = allowed.getValue().isEmpty()
                ? null
                : allowed.getValue().stream().map(Api::slug).sorted().toList();
        return new NewKey(
                name.getValue(),
                environment.getValue(),
                slugs,
                belonging.tags(),
                belonging.project(),
                belonging.owner(),
                belonging.customer(),
                belonging.customerHeader(),
                expires.end(),
                listed(models),
                listed(endpoints),
                listed(ipRanges));
    }

    private static void scope(TextField field, String testId, String all, String help) {
        field.setPlaceholder(all);
        field.setHelperText(help);
        field.setManualValidation(true);
        field.setTestId(testId);
    }

    /** What is separated by commas. */
    static List<String> listed(TextField field) {
        return Stream.of(field.getValue().split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
