package io.rateguard.console.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.rest.KnownFailures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells the person what a service refused; what is no refusal is logged, and told without its details. */
@Component
class UncaughtFailures implements VaadinServiceInitListener {

    private static final Logger log = LoggerFactory.getLogger(UncaughtFailures.class);

    @Override
    public void serviceInit(ServiceInitEvent service) {
        service.getSource()
                .addSessionInitListener(session -> session.getSession().setErrorHandler(UncaughtFailures::tell));
    }

    private static void tell(ErrorEvent event) {
        String words = KnownFailures.problem(event.getThrowable())
                .map(problem -> problem.detail())
                .orElseGet(() -> {
                    log.error("a screen failed", event.getThrowable());
                    return "Something went wrong here; it has been logged.";
                });
        UI ui = UI.getCurrent();
        if (ui != null) {
            var _ = ui.access(() -> Notice.refused(words));
        }
    }
}
