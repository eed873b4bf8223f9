package io.rateguard.console.shell;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.rateguard.console.common.ui.Screen;
import jakarta.annotation.security.PermitAll;

/** The address of a workspace without a screen leads to its overview. */
@Route("w/:workspace")
@PageTitle("RateGuard")
@PermitAll
class WorkspaceHomeView extends Main implements BeforeEnterObserver {

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        event.forwardTo(
                Screen.OVERVIEW.path(event.getRouteParameters().get("workspace").orElse("")));
    }
}
