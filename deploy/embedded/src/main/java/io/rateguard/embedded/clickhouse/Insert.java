package io.rateguard.embedded.clickhouse;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An INSERT whose data follows its FORMAT clause. The engine would look for the end of such data in the text of the
 * statement, at a blank line, so the two have to be told apart before.
 *
 * @param statementEnd where the FORMAT clause begins
 * @param dataStart where the data begins
 */
record Insert(int statementEnd, String format, int dataStart) {

    /** As much of a statement as ClickHouse would parse. */
    static final int LONGEST_BYTES = 256 << 10;

    private static final Set<String> OTHER_SOURCES = Set.of("values", "select", "with", "from", "watch");
    private static final Set<String> BEFORE_NAMES = Set.of("into", "table", "function", ".");

    /** Empty where this is no INSERT, or its rows come from elsewhere: VALUES, SELECT, a file. */
    static Optional<Insert> in(byte[] head) {
        Words words = new Words(new String(head, StandardCharsets.ISO_8859_1));
        if (!words.next().equals("insert")) {
            return Optional.empty();
        }
        String before = "insert";
        for (String word = words.next(); !word.isEmpty(); word = words.next()) {
            boolean isName = BEFORE_NAMES.contains(before) && !BEFORE_NAMES.contains(word);
            if (!isName && words.depth() == 0) {
                if (OTHER_SOURCES.contains(word) || word.equals(";")) {
                    return Optional.empty();
                }
                if (word.equals("format")) {
                    return words.ofFormat();
                }
            }
            before = word;
        }
        return Optional.empty();
    }

    /** Reads words and signs, leaving out blanks, comments and whatever is quoted. */
    private static final class Words {

        private final String text;
        private int at;
        private int start;
        private int depth;

        Words(String text) {
            this.text = text;
        }

        int depth() {
            return depth;
        }

        /** In small letters; a quoted text is its first quote, and there is nothing behind the end. */
        String next() {
            skipBlanks();
            start = at;
            if (at == text.length()) {
                return "";
            }
            char first = text.charAt(at++);
            if (isLetter(first)) {
                while (at < text.length() && isLetter(text.charAt(at))) {
                    at++;
                }
            } else if (first == '\'' || first == '"' || first == '`') {
                skipQuoted(first);
                return Character.toString(first);
            } else if (first == '(') {
                depth++;
            } else if (first == ')') {
                depth--;
            }
            return text.substring(start, at).toLowerCase(Locale.ROOT);
        }

        Optional<Insert> ofFormat() {
            int statementEnd = start;
            next();
            String name = text.substring(start, at);
            if (name.isEmpty() || !isLetter(name.charAt(0)) || name.equalsIgnoreCase("values")) {
                return Optional.empty();
            }
            while (at < text.length() && " \t\f".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            skipOne(';');
            skipOne('\r');
            skipOne('\n');
            return Optional.of(new Insert(statementEnd, name, at));
        }

        private void skipOne(char sign) {
            if (at < text.length() && text.charAt(at) == sign) {
                at++;
            }
        }

        private void skipBlanks() {
            while (at < text.length()) {
                if (Character.isWhitespace(text.charAt(at))) {
                    at++;
                } else if (text.startsWith("--", at) || text.startsWith("#!", at) || text.startsWith("# ", at)) {
                    skipBehind("\n");
                } else if (text.startsWith("/*", at)) {
                    skipBehind("*/");
                } else {
                    return;
                }
            }
        }

        private void skipBehind(String end) {
            int found = text.indexOf(end, at + end.length());
            at = found < 0 ? text.length() : found + end.length();
        }

        private void skipQuoted(char quote) {
            while (at < text.length()) {
                char each = text.charAt(at++);
                if (each == '\\') {
                    at = Math.min(at + 1, text.length());
                } else if (each == quote) {
                    // A doubled quote stands for itself: the text goes on as another one.
                    return;
                }
            }
        }

        private static boolean isLetter(char each) {
            return each == '_' || each == '$' || each >= 0x80 || Character.isLetterOrDigit(each);
        }
    }
}
