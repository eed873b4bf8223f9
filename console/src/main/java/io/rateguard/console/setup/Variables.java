package io.rateguard.console.setup;

import java.util.Map;
import java.util.Optional;

/** Reads the environment; a blank variable counts as missing. */
final class Variables {

    private Variables() {}

    static Optional<String> find(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    static String require(Map<String, String> environment, String name, String expected) {
        return find(environment, name)
                .orElseThrow(() -> new IllegalArgumentException(name + ": not set (expected: " + expected + ")"));
    }
}
