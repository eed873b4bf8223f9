package io.rateguard.console.overview.ui;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinServiceInitListener;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.overview.Overview;
import io.rateguard.console.overview.Range;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Asks for the figures as soon as somebody comes to the overview from elsewhere: they are there when the browser is ready for them. */
@Component
class FiguresAhead implements VaadinServiceInitListener {

    private static final Logger log = LoggerFactory.getLogger(FiguresAhead.class);
    private static final Pattern PATH = Pattern.compile("/" + Screen.OVERVIEW.path("([^/]+)"));

    private final Workspaces workspaces;
    private final Overview overview;
    private final Clock clock;

    FiguresAhead(Workspaces workspaces, Overview overview, Clock clock) {
        this.workspaces = workspaces;
        this.overview = overview;
        this.clock = clock;
    }

    @Override
    public void serviceInit(ServiceInitEvent service) {
        service.addIndexHtmlRequestListener(page -> ask(page.getVaadinRequest()));
    }

    private void ask(VaadinRequest request) {
        Matcher path = PATH.matcher(request.getPathInfo());
        if (!path.matches()) {
            return;
        }
        Range range = Range.ofWireName(
                Optional.ofNullable(request.getParameter("period")).orElse(""));
        try {
            Workspace workspace = workspaces.require(path.group(1));
            var _ = overview.read(workspace, range, clock.instant());
        } catch (Problem | DataAccessException | TransactionException unknown) {
            log.debug("not asked ahead: the screen will say why", unknown);
        }
    }
}
