package io.rateguard.console.rest;

import io.rateguard.console.problem.Problem;
import io.rateguard.domain.text.PrintableText;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks that many resources make of their fields. */
public final class Fields {

    /** Why what a counter goes by never changes. */
    public static final String COUNTED_SO_FAR = "as it has counted so far";

    private static final int MOST_NAME_CHARS = 200;

    private static final Pattern EMAIL = Pattern.compile("[^\\s@,;:<>()\\[\\]\"\\\\]{1,64}@[A-Za-z0-9.-]{1,255}");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

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
        return requirePrintable(field, name);
    }

    public static String requireEmail(String field, @Nullable String value) {
        String address = require(field, value).strip();
        if (!EMAIL.matcher(address).matches()) {
            throw Problem.invalid(field + ": " + value + " (expected: an email address)");
        }
        return requirePrintable(field, address);
    }

    /** What of a resource can be no other. */
    public static void requireSame(String field, @Nullable Object wanted, Object present, String why) {
        if (!present.equals(wanted)) {
            throw Problem.invalid(field + ": " + wanted + " (expected: " + present + ", " + why + ")");
        }
    }

    public static String requirePrintable(String field, String text) {
        return Problem.valid(() -> PrintableText.require(field, text));
    }

    /** A time that every part of the product can store. */
    public static Instant requireStorable(String field, Instant time) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
            throw Problem.invalid(field + ": " + time + " (expected: a time from 1970 to 9999)");
        }
        return time;
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
