package io.rateguard.embedded;

/** An embedded part could not be prepared, started or stopped; the message says which, why, and what to do. */
public final class EmbeddedPartException extends RuntimeException {

    public EmbeddedPartException(String message) {
        super(message);
    }

    public EmbeddedPartException(String message, Throwable cause) {
        super(message, cause);
    }
}
