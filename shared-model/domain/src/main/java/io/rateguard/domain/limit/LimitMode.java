package io.rateguard.domain.limit;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether a limit refuses, or only tells what it would have refused. */
public enum LimitMode {
    ENFORCE,
    SHADOW;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static LimitMode ofWireName(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("mode: " + name + " (expected: "
                        + Arrays.stream(values()).map(LimitMode::wireName).collect(Collectors.joining(" or ")) + ")"));
    }
}
