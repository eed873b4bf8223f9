package io.rateguard.console.keys.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.apis.FirstRequest;
import io.rateguard.console.common.ui.CodeSnippet;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.keys.NewKey;
import io.rateguard.console.problem.Problem;
import io.rateguard.domain.id.WorkspaceId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks what the key is for, then shows its secret once, with a request that works as it stands. */
final class CreateKeyDialog extends Dialog {

    private final Keys keys;
    private final WorkspaceId workspace;
    private final List<Api> apis;
    private final String proxyUrl;

    private final TextField name = new TextField("Name");
    private final RadioButtonGroup<String> environment = new RadioButtonGroup<>("Environment");
    private final MultiSelectComboBox<Api> allowed = new MultiSelectComboBox<>("APIs");
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    CreateKeyDialog(Keys keys, WorkspaceId workspace, List<Api> apis, String proxyUrl, Runnable created) {
        this.keys = keys;
        this.workspace = workspace;
        this.apis = apis;
        this.proxyUrl = proxyUrl;

        name.setHelperText("For people: where the key is used");
        name.setManualValidation(true);
        name.setRequiredIndicatorVisible(true);
        name.setMaxLength(200);
        name.setTestId("key-name");
        name.focus();
        environment.setItems("live", "test");
        environment.setItemLabelGenerator(kind -> kind.equals("live") ? "Live" : "Test");
        environment.setValue("live");
        allowed.setItems(apis);
        allowed.setItemLabelGenerator(Api::name);
        allowed.setPlaceholder("All APIs, those to come too");
        allowed.setTestId("key-apis");
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        errors.bind("name", name).bind("apis", allowed);

        Button create = new Button("Create key", click -> create(created));
        create.addThemeVariants(ButtonVariant.PRIMARY);
        // Not on the whole dialog: Enter on Cancel cancels, and in a list it chooses.
        create.addClickShortcut(Key.ENTER).listenOn(name);
        create.setTestId("key-save");
        Button cancel = new Button("Cancel", click -> close());

        Div form = new Div(name, environment, allowed, problem);
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
            showOnce(key);
        } catch (Problem refused) {
            errors.show(refused);
        }
    }

    private NewKey wanted() {
        @Nullable
        List<String> slugs = allowed.getValue().isEmpty()
                ? null
                : allowed.getValue().stream().map(Api::slug).sorted().toList();
        return new NewKey(
                name.getValue(), environment.getValue(), slugs, Map.of(), null, null, null, null, null, null, null);
    }

    private void showOnce(Keys.Created created) {
        String secret = created.secret().reveal();
        CodeSnippet shown = new CodeSnippet(secret);
        shown.getElement().setAttribute("data-testid", "key-secret");
        Paragraph once = new Paragraph("Copy it now: only its hash is kept, so it is not shown again.");
        once.addClassName("warning-note");
        Div words = new Div(once, shown);
        words.addClassName("form");
        apis.stream()
                .filter(api -> api.enabled() && mayUse(created.key(), api))
                .findFirst()
                .ifPresent(api -> words.add(
                        new H3("Try it"),
                        new CodeSnippet(FirstRequest.curl(proxyUrl, api.slug(), api.profile(), secret))));
        Button done = new Button("Done", click -> close());
        done.addThemeVariants(ButtonVariant.PRIMARY);
        done.setTestId("key-done");

        setHeaderTitle("Key “" + created.key().name() + "” is ready");
        setCloseOnOutsideClick(false);
        setCloseOnEsc(false);
        removeAll();
        add(words);
        getFooter().removeAll();
        getFooter().add(done);
    }

    private static boolean mayUse(Keys.Key key, Api api) {
        return key.apis() == null || key.apis().contains(api.slug());
    }
}
