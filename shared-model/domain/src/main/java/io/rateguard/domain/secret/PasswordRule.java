package io.rateguard.domain.secret;

/** What a password has to be like: long. A bound above keeps hashing cheap. */
public final class PasswordRule {

    private static final int LEAST_CHARS = 8;
    private static final int MOST_CHARS = 200;

    private PasswordRule() {}

    /** @throws IllegalArgumentException says how long it is, and never what */
    public static String require(String field, String password) {
        if (password.length() < LEAST_CHARS || password.length() > MOST_CHARS) {
            throw new IllegalArgumentException(field + ": " + password.length() + " characters (expected: "
                    + LEAST_CHARS + " to " + MOST_CHARS + ")");
        }
        return password;
    }
}
