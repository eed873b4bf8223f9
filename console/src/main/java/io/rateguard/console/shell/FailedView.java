package io.rateguard.console.shell;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.rateguard.console.common.ui.Wordmark;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.KnownFailures;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a screen could not be shown, and why where that helps. */
@PageTitle("Not now · RateGuard")
@AnonymousAllowed
public class FailedView extends Main implements HasErrorParameter<Exception> {

    private static final Logger log = LoggerFactory.getLogger(FailedView.class);

    private final Paragraph reason = new Paragraph();
    private final Anchor again = new Anchor("", "Try again");

    FailedView() {
        addClassName("centred");
        add(new Wordmark(), new H1("This cannot be shown now"), reason, again);
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        again.setHref(event.getLocation().getPathWithQueryParameters());
        Optional<Problem> known = KnownFailures.problem(parameter.getException());
        reason.setText(known.map(Problem::detail).orElse("Something went wrong here; it has been logged."));
        if (known.isEmpty()) {
            log.error("a screen failed", parameter.getException());
        }
        return known.map(problem -> problem.status().value()).orElse(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
}
