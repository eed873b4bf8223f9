package io.rateguard.console.common.ui;

import com.vaadin.flow.component.html.Span;
import java.util.Locale;

/** A state in one word; the colour only repeats what the word says. */
public final class StatusBadge extends Span {

    public StatusBadge(String text, Tone tone) {
        super(text);
        setClassName(classNames(tone));
    }

    public static String classNames(Tone tone) {
        return "status-badge " + tone.name().toLowerCase(Locale.ROOT);
    }

    /** How good or bad the state is. */
    public enum Tone {
        GOOD,
        WARNING,
        BAD,
        NEUTRAL
    }
}
