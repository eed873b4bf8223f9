package io.rateguard.console.audit;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted.
 *
 * @param from the first instant
 * @param to the first instant that is not wanted any more
 * @param actor an email address or a token's name; empty: anyone
 * @param resource such as {@code keys}; empty: any
 * @param action such as {@code created}; empty: any
 */
public record AuditFilter(Instant from, Instant to, String actor, String resource, String action) {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    public AuditFilter {
        Fields.requireStorable("from", from);
        Fields.requireStorable("to", to);
        if (!from.isBefore(to)) {
            throw Problem.invalid("from: " + from + " (expected: before to, " + to + ")");
        }
        Fields.requirePrintable("actor", actor);
        Fields.requirePrintable("resource", resource);
        Fields.requirePrintable("action", action);
    }

    /** An absent part filters nothing. */
    public static AuditFilter of(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String actor,
            @Nullable String resource,
            @Nullable String action) {
        return new AuditFilter(
                from == null ? Instant.EPOCH : from,
                to == null ? LATEST : to,
                actor == null ? "" : actor,
                resource == null ? "" : resource,
                action == null ? "" : action);
    }
}
