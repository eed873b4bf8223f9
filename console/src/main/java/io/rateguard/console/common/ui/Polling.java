package io.rateguard.console.common.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.shared.Registration;

/** Keeps what is seen up to date. */
public final class Polling {

    private static final int EVERY_MILLIS = 2_000;
    private static final int NEVER = -1;

    private Polling() {}

    /** Runs this again and again as long as the component is on screen. */
    public static void of(Component component, Runnable refresh) {
        component.addAttachListener(attached -> {
            UI ui = attached.getUI();
            ui.setPollInterval(EVERY_MILLIS);
            Registration polling = ui.addPollListener(poll -> refresh.run());
            component.addDetachListener(detached -> {
                detached.unregisterListener();
                ui.setPollInterval(NEVER);
                polling.remove();
            });
        });
    }
}
