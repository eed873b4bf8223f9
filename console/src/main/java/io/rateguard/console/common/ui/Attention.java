package io.rateguard.console.common.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.PageVisibility;
import com.vaadin.flow.shared.Registration;
import com.vaadin.flow.signals.Signal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether anybody can see a component: it is on a page, and the page's tab is not hidden. */
public final class Attention {

    private final Function<UI, Registration> begin;
    private @Nullable Registration watching;
    private @Nullable Registration underWay;

    private Attention(Function<UI, Registration> begin) {
        this.begin = begin;
    }

    /**
     * What a component does for those who look at it costs nothing while nobody does.
     *
     * @param begin answers what ends it
     */
    public static void whileSeen(Component component, Function<UI, Registration> begin) {
        Attention attention = new Attention(begin);
        component.addAttachListener(attach -> {
            UI ui = attach.getUI();
            Signal<PageVisibility> visibility = ui.getPage().pageVisibilitySignal();
            attention.watching = Signal.effect(component, () -> {
                boolean isSeen = visibility.get() != PageVisibility.HIDDEN;
                Signal.runWithoutTransaction(() -> attention.turn(ui, isSeen));
            });
        });
        component.addDetachListener(detach -> attention.leave(detach.getUI()));
    }

    private void turn(UI ui, boolean isSeen) {
        if (isSeen && underWay == null) {
            underWay = begin.apply(ui);
        } else if (!isSeen && underWay != null) {
            underWay.remove();
            underWay = null;
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
