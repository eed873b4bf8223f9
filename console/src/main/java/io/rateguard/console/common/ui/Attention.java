package io.rateguard.console.common.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.PageVisibility;
import com.vaadin.flow.shared.Registration;
import com.vaadin.flow.signals.Signal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whether anybody can see a component: it is on a page, and the page's tab is not hidden. */
public final class Attention {

    private final Consumer<UI> begins;
    private final Consumer<UI> ends;
    private boolean isSeen;
    private @Nullable Registration watching;

    private Attention(Consumer<UI> begins, Consumer<UI> ends) {
        this.begins = begins;
        this.ends = ends;
    }

    /** What a component does for those who look at it costs nothing while nobody does. */
    public static void whileSeen(Component component, Consumer<UI> begins, Consumer<UI> ends) {
        Attention attention = new Attention(begins, ends);
        component.addAttachListener(attach -> {
            UI ui = attach.getUI();
            Signal<PageVisibility> visibility = ui.getPage().pageVisibilitySignal();
            attention.watching =
                    Signal.effect(component, () -> attention.turn(ui, visibility.get() != PageVisibility.HIDDEN));
        });
        component.addDetachListener(detach -> attention.leave(detach.getUI()));
    }

    private void turn(UI ui, boolean seen) {
        if (seen != isSeen) {
            isSeen = seen;
            Signal.runWithoutTransaction(() -> (seen ? begins : ends).accept(ui));
        }
    }

    private void leave(UI ui) {
        if (watching != null) {
            watching.remove();
            watching = null;
        }
        turn(ui, false);
    }
}
