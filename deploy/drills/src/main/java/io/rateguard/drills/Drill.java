package io.rateguard.drills;

import java.io.IOException;
import java.io.PrintStream;

/**
 * One thing that is tried, and judged by the promises about it.
 *
 * @param name one word
 * @param about one line, for the help
 */
record Drill(String name, String about, Body body) {

    /** What a drill does. */
    @FunctionalInterface
    interface Body {

        /**
         * @param programs the services that it may start
         * @param seed of all that is random in it
         * @param progress told in lines what goes on
         */
        Findings run(Programs programs, long seed, PrintStream progress) throws IOException, InterruptedException;
    }
}
