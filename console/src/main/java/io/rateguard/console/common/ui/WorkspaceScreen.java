package io.rateguard.console.common.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A screen of one workspace, whose slug is in the address; the workspace of others is not found. */
public abstract class WorkspaceScreen extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final String PARAMETER = "workspace";

    private final Screen screen;
    private final Workspaces workspaces;
    private @Nullable Workspace shown;

    protected WorkspaceScreen(Screen screen, Workspaces workspaces) {
        this.screen = screen;
        this.workspaces = workspaces;
        addClassName("page");
        setTestId("screen-" + screen.segment());
    }

    /** Lays the screen out for this workspace; whatever stood there before is gone. */
    protected abstract void show(Workspace workspace);

    /** Follows what the address says beyond the workspace: a filter, a period, a selection. */
    protected void follow(Map<String, String> query) {}

    @Override
    public final void beforeEnter(BeforeEnterEvent event) {
        String slug = event.getRouteParameters().get(PARAMETER).orElse("");
        Workspace workspace;
        try {
            workspace = workspaces.require(slug);
        } catch (Problem notTheirs) {
            event.rerouteToError(NotFoundException.class);
            return;
        }
        if (!workspace.equals(shown)) {
            shown = workspace;
            removeAll();
            show(workspace);
        }
        Map<String, String> query = new HashMap<>();
        event.getLocation()
                .getQueryParameters()
                .getParameters()
                .forEach((name, values) -> query.put(name, values.getFirst()));
        follow(query);
    }

    /** Writes the state into the address, so that it can be sent to someone, without entering the screen again. */
    protected final void remember(Map<String, String> query) {
        UI ui = UI.getCurrent();
        Location location = new Location(screen.path(workspace().slug()), QueryParameters.simple(query));
        ui.getPage().getHistory().replaceState(null, location);
    }

    protected final Workspace workspace() {
        if (shown == null) {
            throw new IllegalStateException(screen + " was asked for its workspace before it was entered");
        }
        return shown;
    }

    @Override
    public String getPageTitle() {
        String name = shown == null ? "" : " · " + shown.name();
        return screen.title() + name + " · RateGuard";
    }
}
