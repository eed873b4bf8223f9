package io.rateguard.console.common.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.shared.Registration;

/** Shows a grid on a phone as one column of cards, and its other columns everywhere else. */
public final class PhoneCards {

    /** The key of the column that a phone shows. */
    public static final String CARD = "card";

    private static final int PHONE_PIXELS = 700;

    private PhoneCards() {}

    public static void follow(Grid<?> grid) {
        grid.addAttachListener(attached -> {
            UI ui = attached.getUI();
            fit(grid, ui.getPage().getExtendedClientDetails().getWindowInnerWidth());
            Registration resizing =
                    ui.getPage().addBrowserWindowResizeListener(resized -> fit(grid, resized.getWidth()));
            grid.addDetachListener(detached -> {
                resizing.remove();
                detached.unregisterListener();
            });
        });
    }

    private static void fit(Grid<?> grid, int width) {
        boolean phone = width > 0 && width < PHONE_PIXELS;
        grid.getColumns().forEach(column -> column.setVisible(CARD.equals(column.getKey()) == phone));
    }
}
