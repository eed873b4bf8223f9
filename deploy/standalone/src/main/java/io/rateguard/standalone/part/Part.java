package io.rateguard.standalone.part;

import java.time.Duration;

/** A process of the product that can be started any number of times on the same data. */
public interface Part {

    String name();

    /**
     * Returns when the part answers.
     *
     * @throws RuntimeException naming the part and quoting the end of its log
     */
    void start();

    boolean isRunning();

    /** Of the running process; only for a part that was started. */
    ProcessHandle process();

    /** Ends the process, by force when it takes longer; does nothing when there is none. */
    void stop(Duration within);
}
