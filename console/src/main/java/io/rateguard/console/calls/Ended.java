package io.rateguard.console.calls;

import java.time.Duration;

/**
 * How a call ended.
 *
 * @param after from when it was sent
 */
public record Ended(How how, Duration after) {

    /** Why nothing more comes. */
    public enum How {
        /** All of the reply is there. */
        WHOLE,
        /** There is more of it than is read. */
        TOO_LARGE,
        /** The connection to the proxy ended before the reply did. */
        CUT,
        /** Nothing came for too long. */
        TOO_SLOW,
        /** There is no connection to the proxy. */
        NOT_REACHED,
        /** Nobody wants it any more. */
        CANCELLED
    }
}
