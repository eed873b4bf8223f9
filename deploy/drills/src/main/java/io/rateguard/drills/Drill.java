package io.rateguard.drills;

import java.io.IOException;
import java.io.PrintStream;

/** One thing that is tried, and judged by the promises about it. */
public interface Drill {

    /** One word. */
    String name();

    /** One line, for the help. */
    String about();

    /**
     * @param programs the services that it may start
     * @param seed of all that is random in it
     * @param progress told in lines what goes on
     */
    Findings run(Programs programs, long seed, PrintStream progress) throws IOException, InterruptedException;
}
