package io.rateguard.console.rest;

import io.rateguard.console.problem.Problem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks that many resources make of their fields. */
public final class Fields {

    private static final int MOST_NAME_CHARS = 200;

    private Fields() {}

    public static <T> T require(String field, @Nullable T value) {
        if (value == null) {
            throw Problem.invalid(field + ": missing");
        }
        return value;
    }

    public static String requireName(String field, @Nullable String value) {
        String name = require(field, value).strip();
        if (name.isEmpty() || name.length() > MOST_NAME_CHARS) {
            throw Problem.invalid(
                    field + ": " + name.length() + " characters (expected: 1 to " + MOST_NAME_CHARS + ")");
        }
        return name;
    }

    /** An id in a path; one that is no id names nothing. */
    public static UUID pathId(String what, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw Problem.notFound(what + ": " + text + " (expected: the id of one in this workspace)");
        }
    }
}
