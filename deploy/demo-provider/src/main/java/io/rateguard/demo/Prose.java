package io.rateguard.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text of every answer: the same few sentences, over and over, cut between words. Four UTF-8 bytes make a token. */
final class Prose {

    static final int BYTES_PER_TOKEN = 4;

    private static final String SENTENCES =
            "This is the RateGuard demo provider: a pretend model that answers in ready-made prose. "
                    + "It is naïve, cheap as a café’s tap water – and quick. ☕ "
                    + "Nothing here was thought up for you, yet every token is counted as carefully as a real one: "
                    + "ein Größenvergleich, 日本語のことば, Ελληνικά, and a smile 🙂. ";
    private static final List<String> WORDS = List.of(SENTENCES.split("(?<= )"));
    private static final List<byte[]> WORD_BYTES =
            WORDS.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
    private static final int CYCLE_BYTES = SENTENCES.getBytes(StandardCharsets.UTF_8).length;

    /** What an answer takes if nothing else is said. */
    static final int DEFAULT_TOKENS = Math.ceilDiv(CYCLE_BYTES, BYTES_PER_TOKEN);

    /** However many tokens are reported, the text stops here. */
    private static final int MOST_TOKENS = 4_096;

    private Prose() {}

    /** How many words fit in so many tokens. */
    static int words(long tokens) {
        long bytes = Math.min(tokens, MOST_TOKENS) * BYTES_PER_TOKEN;
        int words = (int) (bytes / CYCLE_BYTES) * WORDS.size();
        long left = bytes % CYCLE_BYTES;
        for (byte[] word : WORD_BYTES) {
            left -= word.length;
            if (left < 0) {
                break;
            }
            words++;
        }
        return words;
    }

    /** Needs no escaping in JSON, like the words. */
    static String text(int words) {
        if (words == WORDS.size()) {
            return SENTENCES;
        }
        StringBuilder text = new StringBuilder(SENTENCES.length());
        for (int i = 0; i < words; i++) {
            text.append(WORDS.get(i % WORDS.size()));
        }
        return text.toString();
    }

    /** One word with its space; needs no escaping in JSON. */
    static byte[] word(int index) {
        return WORD_BYTES.get(index % WORD_BYTES.size());
    }
}
