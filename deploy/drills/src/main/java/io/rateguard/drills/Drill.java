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

    /**
     * How it is to be done.
     *
     * @param programs the services that it may start
     * @param seed of all that is random in it
     * @param events how many, where a drill is about many
     */
    record Course(Programs programs, long seed, int events) {}

    /** What a drill does; it tells in lines what goes on. */
    @FunctionalInterface
    interface Body {

        Findings run(Course course, PrintStream progress) throws IOException, InterruptedException;
    }
}
