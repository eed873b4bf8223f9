package io.rateguard.console.common.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.shared.Registration;
import java.time.Duration;

/** Keeps what is seen up to date. */
public final class Polling {

    private static final int NEVER = -1;

    private Polling() {}

    /** Runs this again and again as long as the component is seen; one at a time on a page, which has one pace. */
    public static void of(Component component, Duration every, Runnable refresh) {
        Attention.whileSeen(component, ui -> {
            ui.setPollInterval((int) every.toMillis());
            Registration polling = ui.addPollListener(poll -> refresh.run());
            return () -> {
                ui.setPollInterval(NEVER);
                polling.remove();
            };
        });
    }
}
