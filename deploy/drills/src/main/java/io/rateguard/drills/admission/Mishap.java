package io.rateguard.drills.admission;

import java.util.Random;

/** What goes wrong with a call; seven of ten are spared. */
enum Mishap {
    NONE,
    CALLER_LEAVES,
    UPSTREAM_FAILS,
    REPORTS_MORE;

    static Mishap any(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> CALLER_LEAVES;
            case 1 -> UPSTREAM_FAILS;
            case 2 -> REPORTS_MORE;
            default -> NONE;
        };
    }
}
