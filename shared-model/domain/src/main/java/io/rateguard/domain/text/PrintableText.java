package io.rateguard.domain.text;

/** Text without control characters: nobody writes them, and some of them are in no database. */
public final class PrintableText {

    private PrintableText() {}

    /** Returns the text, or throws an {@link IllegalArgumentException} that names the field. */
    public static String require(String field, String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(field + ": a control character (expected: none)");
        }
        return text;
    }
}
