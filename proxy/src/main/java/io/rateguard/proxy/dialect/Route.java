package io.rateguard.proxy.dialect;

import org.jspecify.annotations.Nullable;

/** What a path of an API is to RateGuard; {@code endpoint} is its template, {@code dialect} the language of errors. */
public sealed interface Route {

    /** The profile's template of the path, else the path with its ids folded: {@code /rest/customers/{id}}. */
    String endpoint();

    Dialect dialect();

    /**
     * Metered by what the provider reports; the body is read.
     *
     * @param model where the path names it
     */
    record Metered(
            Dialect dialect, String endpoint, @Nullable String model) implements Route {}

    /** Known to cost nothing. */
    record Free(Dialect dialect, String endpoint) implements Route {}

    /** Costs nothing per call, by setting. */
    record Flat(Dialect dialect, String endpoint) implements Route {}

    /** Let through by setting, though its cost is not known. */
    record Unpriced(Dialect dialect, String endpoint) implements Route {}

    /** Not let through: it would spend money that nothing here can see. */
    record Refused(Dialect dialect, String endpoint, String code, String message) implements Route {}
}
