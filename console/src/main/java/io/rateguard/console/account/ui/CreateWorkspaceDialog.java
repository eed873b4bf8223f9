package io.rateguard.console.account.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.console.workspaces.NewWorkspace;
import io.rateguard.console.workspaces.Workspaces;

/** Asks what a new workspace is to be called, and leads there. */
final class CreateWorkspaceDialog extends Dialog {

    private final Workspaces workspaces;
    private final TextField name = new TextField("Name");
    private final TextField slug = new TextField("Slug");
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    CreateWorkspaceDialog(Workspaces workspaces) {
        this.workspaces = workspaces;
        name.setManualValidation(true);
        name.setHelperText("For people: a team, a product, a customer");
        name.setTestId("workspace-name");
        name.focus();
        slug.setManualValidation(true);
        slug.setHelperText("Its name in addresses, for good: lower-case letters, digits and hyphens");
        slug.setTestId("workspace-slug");
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        errors.bind("name", name).bind("slug", slug);
        Button create = new Button("Create workspace", click -> create());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        create.setTestId("workspace-save");

        Div form = new Div(name, slug, problem);
        form.addClassName("form");
        setHeaderTitle("Create a workspace");
        addClassName("form-dialog");
        add(form);
        getFooter().add(new Button("Cancel", click -> close()), create);
    }

    private void create() {
        errors.clear();
        try {
            String created = workspaces
                    .create(new NewWorkspace(name.getValue(), slug.getValue()))
                    .slug();
            close();
            UI.getCurrent().navigate(Screen.OVERVIEW.path(created));
        } catch (RuntimeException failure) {
            errors.show(KnownFailures.problem(failure).orElseThrow(() -> failure));
        }
    }
}
