package io.rateguard.domain.key;

import java.util.regex.Pattern;

/** What a project is called: a key belongs to one or to none. */
public final class ProjectName {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private ProjectName() {}

    /** @throws IllegalArgumentException naming the field when this is no name of a project */
    public static String require(String field, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    field + ": \"" + name + "\" (expected: 1 to 64 letters, digits, hyphens and underscores)");
        }
        return name;
    }
}
