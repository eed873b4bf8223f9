package io.rateguard.console.shell;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** Leads to the overview of the first workspace; who has none, to where one is made. */
@Route("")
@PageTitle("RateGuard")
@PermitAll
class HomeView extends Main implements BeforeEnterObserver {

    private final Workspaces workspaces;

    HomeView(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        List<Workspace> visible = workspaces.visible();
        if (visible.isEmpty()) {
            event.forwardTo("first-workspace");
            return;
        }
        event.forwardTo(Screen.OVERVIEW.path(visible.getFirst().slug()));
    }
}
