package io.rateguard.console.common.ui;

import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import io.rateguard.console.problem.Problem;

/** A short word about what was done, or why it was not. */
public final class Notice {

    private static final int DONE_MILLIS = 4_000;
    private static final int REFUSED_MILLIS = 10_000;

    private Notice() {}

    /** Does something that the service may refuse, and tells what came of it. */
    public static void ofChange(Runnable change, String done) {
        try {
            change.run();
            done(done);
        } catch (Problem refused) {
            refused(refused.detail());
        }
    }

    public static void done(String text) {
        Notification.show(text, DONE_MILLIS, Notification.Position.BOTTOM_START);
    }

    public static void refused(String text) {
        Notification notice = Notification.show(text, REFUSED_MILLIS, Notification.Position.BOTTOM_START);
        notice.addThemeVariants(NotificationVariant.ERROR);
        notice.setAssertive(true);
    }
}
