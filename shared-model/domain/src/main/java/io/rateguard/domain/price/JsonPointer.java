package io.rateguard.domain.price;

import java.util.List;
import java.util.stream.Stream;

/** Where a value stands in a JSON document: RFC 6901, {@code /data/0/amount}. */
public record JsonPointer(String text) {

    private static final int MOST_STEPS = 16;
    private static final int MOST_CHARS = 200;

    public JsonPointer {
        if (!text.startsWith("/")
                || text.length() > MOST_CHARS
                || text.replace("~0", "").replace("~1", "").indexOf('~') >= 0
                || text.chars().filter(c -> c == '/').count() > MOST_STEPS) {
            throw new IllegalArgumentException(
                    "perValue.pointer: " + text + " (expected: a JSON pointer such as /amount, of " + MOST_STEPS
                            + " steps and " + MOST_CHARS + " characters at most)");
        }
    }

    /** The names of fields, or the places in lists, from the outside in. */
    public List<String> steps() {
        return Stream.of(text.substring(1).split("/", -1))
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList();
    }
}
