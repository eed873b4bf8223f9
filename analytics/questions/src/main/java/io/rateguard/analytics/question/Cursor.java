package io.rateguard.analytics.question;

import io.rateguard.domain.id.RequestId;

/** A place in the request log: the last request that was shown. Its text form is for URLs. */
public record Cursor(long chargedAtMillis, RequestId requestId) {

    /** @throws IllegalArgumentException when the text is no cursor */
    public static Cursor parse(String text) {
        int dot = text.indexOf('.');
        try {
            return new Cursor(Long.parseLong(text.substring(0, dot)), new RequestId(text.substring(dot + 1)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException("cursor: " + text + " (expected: one from an earlier answer)");
        }
    }

    @Override
    public String toString() {
        return chargedAtMillis + "." + requestId;
    }
}
