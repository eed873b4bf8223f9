package io.rateguard.console.account.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.rateguard.console.common.ui.EmptyState;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.annotation.security.PermitAll;

/** Where whoever is signed in and has no workspace begins. */
@Route("first-workspace")
@PageTitle("Your first workspace · RateGuard")
@PermitAll
class FirstWorkspaceView extends Main {

    FirstWorkspaceView(Workspaces workspaces) {
        Button create = new Button("Create workspace", click -> new CreateWorkspaceDialog(workspaces).open());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        create.setTestId("workspace-create");
        addClassName("page");
        add(new EmptyState(
                "Your first workspace",
                "A workspace has APIs, keys, limits, budgets and members of its own. Create one, or ask an owner of another"
                        + " to invite you.",
                create));
    }
}
