package io.rateguard.analytics.table;

/** ClickHouse could not be reached, or did not do what it was asked; nothing is known of what it did before. */
public final class ClickHouseFailure extends RuntimeException {

    public ClickHouseFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
