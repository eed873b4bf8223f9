package io.rateguard.domain.api;

import java.util.regex.Pattern;

/** The rule for names that stand in URLs: of workspaces and APIs. */
public final class Slug {

    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private Slug() {}

    /** Returns the slug, or throws an {@link IllegalArgumentException} that names the field and what was expected. */
    public static String require(String field, String slug) {
        if (!FORM.matcher(slug).matches()) {
            throw new IllegalArgumentException(
                    field + ": \"" + slug + "\" (expected: 1 to 63 lower-case letters, digits and inner hyphens)");
        }
        return slug;
    }
}
