package io.rateguard.domain.limit;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A pattern of literal text, {@code *} and {@code **}. For paths {@code *} stays within one segment and {@code **}
 * crosses them, and capital letters mean the same as small ones: paths to compare with are in small ones. For names
 * (models) both match anything. Matching takes time in proportion to the lengths of pattern and
 * candidate, whatever either looks like: callers choose the one, members of a workspace the other.
 */
public final class Glob {

    /** Stands for any text without a slash among the tokens, which else are characters. */
    private static final int WITHIN_SEGMENT = -1;

    /** Stands for any text. */
    private static final int ANYTHING = -2;

    private final String text;
    private final String prefix;
    private final int[] rest;

    private Glob(String text, String compared, int star) {
        int firstStar = compared.indexOf('*');
        this.text = text;
        this.prefix = firstStar < 0 ? compared : compared.substring(0, firstStar);
        this.rest = tokens(compared.substring(prefix.length()), star);
    }

    public static Glob ofPath(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("path: " + text + " (expected: a pattern that starts with /)");
        }
        return new Glob(text, text.toLowerCase(Locale.ROOT), WITHIN_SEGMENT);
    }

    public static Glob ofName(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("pattern: blank (expected: a name, with * for any text)");
        }
        return new Glob(text, text, ANYTHING);
    }

    public boolean matches(String candidate) {
        if (!candidate.startsWith(prefix)) {
            return false;
        }
        if (rest.length == 0) {
            return candidate.length() == prefix.length();
        }
        return (rest.length == 1 && rest[0] == ANYTHING) || matchesRest(candidate);
    }

    /** Whether any text matches both. */
    public boolean meets(Glob other) {
        int[] these = allTokens();
        int[] those = other.allTokens();
        boolean[][] reached = new boolean[these.length + 1][those.length + 1];
        reached[0][0] = true;
        for (int i = 0; i <= these.length; i++) {
            for (int j = 0; j <= those.length; j++) {
                if (reached[i][j]) {
                    step(these, i, those, j, reached);
                }
            }
        }
        return reached[these.length][those.length];
    }

    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && prefix.equals(glob.prefix) && Arrays.equals(rest, glob.rest);
    }

    @Override
    public int hashCode() {
        return 31 * prefix.hashCode() + Arrays.hashCode(rest);
    }

    @Override
    public String toString() {
        return text;
    }

    /** Walks all ways to match at once: {@code reached[i]} says that the text so far matches the first i tokens. */
    private boolean matchesRest(String candidate) {
        boolean[] reached = new boolean[rest.length + 1];
        reached[0] = true;
        passStars(reached);
        for (int at = prefix.length(); at < candidate.length(); at++) {
            char c = candidate.charAt(at);
            for (int i = rest.length; i >= 0; i--) {
                boolean stays = i < rest.length && reached[i] && starTakes(rest[i], c);
                reached[i] = stays || (i > 0 && reached[i - 1] && rest[i - 1] == c);
            }
            passStars(reached);
        }
        return reached[rest.length];
    }

    private int[] allTokens() {
        return IntStream.concat(prefix.chars(), Arrays.stream(rest)).toArray();
    }

    /** Marks where the two patterns can be next, with i tokens of the one and j of the other behind them. */
    private static void step(int[] these, int i, int[] those, int j, boolean[][] reached) {
        boolean one = i < these.length;
        boolean other = j < those.length;
        if (one && (these[i] < 0 || other && starTakes(those[j], these[i]))) {
            reached[i + 1][j] = true;
        }
        if (other && (those[j] < 0 || one && starTakes(these[i], those[j]))) {
            reached[i][j + 1] = true;
        }
        if (one && other && these[i] == those[j] && these[i] >= 0) {
            reached[i + 1][j + 1] = true;
        }
    }

    private void passStars(boolean[] reached) {
        for (int i = 0; i < rest.length; i++) {
            if (reached[i] && rest[i] < 0) {
                reached[i + 1] = true;
            }
        }
    }

    private static boolean starTakes(int token, int c) {
        return token == ANYTHING || (token == WITHIN_SEGMENT && c != '/');
    }

    private static int[] tokens(String text, int star) {
        int[] tokens = new int[text.length()];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '*') {
                tokens[count++] = text.charAt(i);
            } else if (text.startsWith("**", i)) {
                tokens[count++] = ANYTHING;
                i++;
            } else {
                tokens[count++] = star;
            }
        }
        return Arrays.copyOf(tokens, count);
    }
}
