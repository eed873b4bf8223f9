package io.rateguard.console.calls;

import java.time.Duration;
import java.util.Locale;

/** What a key is lent for. */
public enum Purpose {
    PLAYGROUND("Playground", Duration.ofMinutes(10)),
    CONNECTION_TEST("Connection test", Duration.ofMinutes(1));

    private final String title;
    private final Duration most;

    Purpose(String title, Duration most) {
        this.title = title;
        this.most = most;
    }

    public String title() {
        return title;
    }

    /** How long the key works at most; the database lets none be lent for more than ten minutes. */
    public Duration most() {
        return most;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Purpose ofWireName(String name) {
        return valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
