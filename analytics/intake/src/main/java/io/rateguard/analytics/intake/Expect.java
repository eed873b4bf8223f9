package io.rateguard.analytics.intake;

/** Says what is wrong with a setting. */
final class Expect {

    private Expect() {}

    static void that(String name, Object value, boolean valid, String expected) {
        if (!valid) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
