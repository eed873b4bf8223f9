package io.rateguard.console.rest;

import io.rateguard.console.problem.Problem;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a JSON body in the words of the API: the field, the value, what was expected. */
final class UnreadableBody {

    private UnreadableBody() {}

    static Problem problem(@Nullable Throwable unreadable) {
        return switch (unreadable) {
            case UnrecognizedPropertyException unknown ->
                Problem.unknownField(path(unknown) + ": unknown field (expected: " + known(unknown) + ")");
            case InvalidFormatException invalid ->
                Problem.invalid(path(invalid) + ": " + invalid.getValue() + " (expected: "
                        + expected(invalid.getTargetType()) + ")");
            case MismatchedInputException mismatched ->
                Problem.invalid(path(mismatched) + ": not of the right type (expected: "
                        + expected(mismatched.getTargetType()) + ")");
            case InputCoercionException outOfRange ->
                Problem.invalid(path(outOfRange) + ": a number out of range (expected: a whole number below 2^63)");
            case StreamReadException malformed -> Problem.malformed("body: not well-formed JSON" + place(malformed));
            case null, default -> Problem.malformed("body: missing (expected: a JSON object)");
        };
    }

    static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another type";
        }
        if (type == String.class) {
            return "text";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == Long.class || type == Integer.class || type == long.class || type == int.class) {
            return "a whole number";
        }
        if (type == Instant.class) {
            return "a time such as 2026-01-31T12:00:00Z";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "another type";
    }

    private static String path(JacksonException failure) {
        List<JacksonException.Reference> path = failure.getPath();
        String joined = path.stream()
                .map(part ->
                        part.getPropertyName() == null ? "[" + part.getIndex() + "]" : "." + part.getPropertyName())
                .collect(Collectors.joining());
        return joined.isEmpty() ? "body" : joined.startsWith(".") ? joined.substring(1) : joined;
    }

    private static String known(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds();
        return known == null
                ? "none"
                : known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String place(StreamReadException malformed) {
        var location = malformed.getLocation();
        return location == null ? "" : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
