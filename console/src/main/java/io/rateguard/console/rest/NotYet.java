package io.rateguard.console.rest;

import io.rateguard.console.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Fields that belong to a resource but are not supported yet: refused rather than silently ignored. */
public final class NotYet {

    private NotYet() {}

    /** An absent, null or empty value asks for nothing and passes. */
    public static void refuse(String field, @Nullable JsonNode value) {
        boolean asksNothing = value == null || value.isNull() || value.isContainer() && value.isEmpty();
        if (!asksNothing) {
            throw Problem.notSupported(field + ": not supported yet (expected: absent)");
        }
    }

    /** Passes only what is the same as leaving the field out. */
    public static void refuseUnless(String field, @Nullable JsonNode value, String only) {
        boolean asksNothing =
                value == null || value.isNull() || value.asString("").equals(only);
        if (!asksNothing) {
            throw Problem.notSupported(field + ": not supported yet (expected: " + only + " or absent)");
        }
    }
}
