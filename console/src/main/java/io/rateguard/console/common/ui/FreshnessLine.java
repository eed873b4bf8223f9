package io.rateguard.console.common.ui;

import com.vaadin.flow.component.html.Paragraph;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Up to when the figures of a screen are complete; it stands out when that is long ago. */
public final class FreshnessLine extends Paragraph {

    /** The intake tells how far it is every two seconds, and takes a moment. */
    private static final Duration USUAL = Duration.ofSeconds(15);

    public FreshnessLine() {
        setTestId("freshness");
    }

    /** @param upTo none while nothing is known of it: then there is no line */
    public void show(Optional<Instant> upTo, Instant now, Moments moments) {
        setVisible(upTo.isPresent());
        upTo.ifPresent(complete -> {
            boolean isLate = Duration.between(complete, now).compareTo(USUAL) > 0;
            setClassName("stale", isLate);
            setClassName("quiet", !isLate);
            // Heard when it matters, and not every two seconds.
            getElement().setAttribute("role", isLate ? "status" : "note");
            setText(
                    isLate
                            ? "Stale since " + moments.recent(complete, now)
                                    + ": what was requested later is not in these figures yet."
                            : "Complete up to " + moments.time(complete) + ".");
        });
    }
}
