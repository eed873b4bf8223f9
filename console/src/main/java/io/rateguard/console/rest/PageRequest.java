package io.rateguard.console.rest;

import io.rateguard.console.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;

/** Which part of a list is wanted: the rows whose ids come after the last one seen. */
public record PageRequest(UUID after, int size) {

    private static final UUID START = new UUID(0, 0);
    private static final UUID END = new UUID(-1, -1);
    private static final int USUAL_SIZE = 50;
    private static final int MOST = 500;

    public static PageRequest first() {
        return new PageRequest(START, USUAL_SIZE);
    }

    public static PageRequest of(@Nullable String cursor, @Nullable Integer limit) {
        int size = limit == null ? USUAL_SIZE : limit;
        if (size < 1 || size > MOST) {
            throw Problem.invalid("limit: " + size + " (expected: 1 to " + MOST + ")");
        }
        return new PageRequest(cursor == null ? START : parse(cursor), size);
    }

    /** For who reads all of a list. */
    public static PageRequest largest(@Nullable String cursor) {
        return of(cursor, MOST);
    }

    /** Of a list with the newest first: wanted are the rows whose ids come before this one. */
    public UUID before() {
        return after.equals(START) ? END : after;
    }

    /** One row more than fits shows whether there is another page. */
    public Limit fetch() {
        return Limit.of(size + 1);
    }

    static String cursorAfter(UUID id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(id.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static UUID parse(String cursor) {
        try {
            return UUID.fromString(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException malformed) {
            throw Problem.invalid("cursor: " + cursor + " (expected: the next of an earlier page)");
        }
    }
}
