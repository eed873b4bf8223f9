package io.rateguard.console.common.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.server.VaadinServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Saves what a screen shows as a file, written while it is read. */
public final class CsvLink extends Anchor {

    public CsvLink(Rows rows) {
        super(event -> rows.write((VaadinServletResponse) event.getResponse()), "Download CSV");
        addComponentAsFirst(VaadinIcon.DOWNLOAD_ALT.create());
        addClassName("csv-link");
        setTestId("csv");
    }

    /** Those of the file; asked on a thread of their own, in the name of whoever follows the link. */
    @FunctionalInterface
    public interface Rows {
        void write(HttpServletResponse response) throws IOException;
    }
}
