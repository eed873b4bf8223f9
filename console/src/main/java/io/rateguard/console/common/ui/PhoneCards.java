package io.rateguard.console.common.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.shared.Registration;

/** Shows a grid on a phone as one column of cards, and as a table everywhere else; it has the columns of one of them only. */
public final class PhoneCards {

    private static final int PHONE_PIXELS = 700;

    private final Grid<?> grid;
    private final Runnable addTable;
    private final Runnable addCards;
    private boolean areCards;

    private PhoneCards(Grid<?> grid, Runnable addTable, Runnable addCards) {
        this.grid = grid;
        this.addTable = addTable;
        this.addCards = addCards;
    }

    /**
     * Gives the grid its columns whenever it comes to be seen, and when the window becomes a phone's or is one no longer.
     *
     * @param addTable adds the columns of a table to the grid, which has none then
     * @param addCards adds the one column of cards to the grid, which has none then
     */
    public static void follow(Grid<?> grid, Runnable addTable, Runnable addCards) {
        PhoneCards cards = new PhoneCards(grid, addTable, addCards);
        grid.addAttachListener(attached -> {
            UI ui = attached.getUI();
            cards.show(isPhone(ui.getPage().getExtendedClientDetails().getWindowInnerWidth()));
            Registration resizing =
                    ui.getPage().addBrowserWindowResizeListener(resized -> cards.fit(isPhone(resized.getWidth())));
            grid.addDetachListener(detached -> {
                resizing.remove();
                detached.unregisterListener();
            });
        });
    }

    private static boolean isPhone(int width) {
        return width > 0 && width < PHONE_PIXELS;
    }

    private void fit(boolean phone) {
        if (areCards != phone) {
            show(phone);
        }
    }

    private void show(boolean phone) {
        areCards = phone;
        grid.removeAllColumns();
        (phone ? addCards : addTable).run();
    }
}
