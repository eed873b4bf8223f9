package io.rateguard.analytics.table;

/** ClickHouse could not be reached, or did not do what it was asked; nothing is known of what it did before. */
public final class ClickHouseFailure extends RuntimeException {

    ClickHouseFailure(String message) {
        super(message);
    }

    public ClickHouseFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
