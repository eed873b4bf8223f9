package io.rateguard.domain.price;

import io.rateguard.domain.limit.Glob;
import java.util.BitSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a price holds for.
 *
 * @param method none: all
 * @param path as it goes upstream; {@code *} or {@code {name}} stands for one segment, {@code **} for any number
 * @param status {@code 201} or {@code 2xx}; none: all that are no errors
 */
public record CallPattern(
        @Nullable String method, String path, @Nullable String status, Glob compared) {

    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,16}");
    private static final Pattern STATUS = Pattern.compile("[2-5](xx|\\d\\d)");
    private static final Pattern NAMED = Pattern.compile("\\{[^/{}]*}");
    private static final int ERRORS_FROM = 400;

    public CallPattern(@Nullable String method, String path, @Nullable String status) {
        this(method, path, status, Glob.ofPath(NAMED.matcher(path).replaceAll("*")));
        expect("call.method", method, METHOD, "a method in capital letters");
        expect("call.status", status, STATUS, "a status such as 201, or 2xx");
    }

    /** Whether a call costs this that is answered with that status. */
    public boolean covers(int replied) {
        return statuses().get(replied);
    }

    /** All that it covers. */
    BitSet statuses() {
        BitSet covered = new BitSet();
        if (status == null) {
            covered.set(0, ERRORS_FROM);
        } else if (status.endsWith("xx")) {
            int first = (status.charAt(0) - '0') * 100;
            covered.set(first, first + 100);
        } else {
            covered.set(Integer.parseInt(status));
        }
        return covered;
    }

    boolean matches(String askedMethod, String askedPath) {
        return (method == null || method.equals(askedMethod)) && compared.matches(askedPath);
    }

    boolean namesOnePath() {
        return compared.text().indexOf('*') < 0;
    }

    private static void expect(String field, @Nullable String value, Pattern pattern, String expected) {
        if (value != null && !pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: " + expected + ")");
        }
    }
}
