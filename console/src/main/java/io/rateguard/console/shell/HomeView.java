package io.rateguard.console.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.rateguard.console.common.ui.EmptyState;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** Leads to the overview of the first workspace; who has none is told so. */
@Route("")
@PageTitle("RateGuard")
@PermitAll
class HomeView extends Main implements BeforeEnterObserver {

    private final Workspaces workspaces;

    HomeView(Workspaces workspaces) {
        this.workspaces = workspaces;
        addClassName("page");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        List<Workspace> visible = workspaces.visible();
        if (visible.isEmpty()) {
            add(new EmptyState(
                    "No workspace yet",
                    "You are signed in, but not a member of a workspace. Ask an owner of one to invite you, or create your own.",
                    new Anchor("account", "Your account")));
            return;
        }
        event.forwardTo(Screen.OVERVIEW.path(visible.getFirst().slug()));
    }
}
