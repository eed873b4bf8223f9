package io.rateguard.console.shell;

import com.vaadin.flow.component.ReconnectDialogConfiguration;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * What a page does whose console does not answer: it says so and tries again until one does. A console that does not know
 * the page has it load itself anew; the address says what was shown.
 */
@Component
class Reconnection implements VaadinServiceInitListener {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Override
    public void serviceInit(ServiceInitEvent service) {
        service.getSource().addUIInitListener(init -> configure(init.getUI()));
    }

    private static void configure(UI ui) {
        ReconnectDialogConfiguration words = ui.getReconnectDialogConfiguration();
        words.setDialogText("Connection lost, trying again …");
        words.setDialogTextGaveUp("Connection lost. Reload the page to try again.");
        words.setReconnectInterval((int) PAUSE.toMillis());
        ui.getPushConfiguration().setParameter("reconnectInterval", Long.toString(PAUSE.toMillis()));
    }
}
