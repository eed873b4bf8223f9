package io.rateguard.console.search;

import java.util.Locale;

/**
 * Something of a workspace.
 *
 * @param detail what tells it from others of the name; may be empty
 */
public record Found(Kind kind, String name, String detail) {

    /** What it is. */
    public enum Kind {
        API,
        KEY,
        BUDGET,
        LIMIT,
        MEMBER,
        REQUEST;

        static Kind ofWireName(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }
}
