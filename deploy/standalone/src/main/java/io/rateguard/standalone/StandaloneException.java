package io.rateguard.standalone;

import org.jspecify.annotations.Nullable;

/** The product cannot start or go on; the message is for the person at the terminal and is shown without a trace. */
public final class StandaloneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StandaloneException(String message) {
        super(message);
    }

    public StandaloneException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
