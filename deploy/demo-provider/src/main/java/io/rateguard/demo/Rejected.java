package io.rateguard.demo;

import org.jspecify.annotations.Nullable;

/** A request that gets an error, to be written in the caller's dialect. */
final class Rejected extends RuntimeException {

    private final int status;
    private final String param;

    Rejected(int status, String message) {
        this(status, message, null);
    }

    /** @param param the field of the body that is to blame */
    Rejected(int status, String message, @Nullable String param) {
        super(message, null, false, false);
        this.status = status;
        this.param = param == null ? "" : param;
    }

    static Rejected unknownPath(String method, String path) {
        return new Rejected(404, "Unknown request: " + method + " " + path);
    }

    int status() {
        return status;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    /** Empty if no one field is to blame. */
    String param() {
        return param;
    }
}
