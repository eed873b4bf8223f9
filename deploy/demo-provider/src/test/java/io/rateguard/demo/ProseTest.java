package io.rateguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProseTest {

    @Test
    void fitsAsManyWordsAsTheTokensAllow() {
        for (int tokens = 0; tokens <= 400; tokens++) {
            int words = Prose.words(tokens);

            assertThat(bytes(words)).isLessThanOrEqualTo(tokens * Prose.BYTES_PER_TOKEN);
            assertThat(bytes(words + 1)).isGreaterThan(tokens * Prose.BYTES_PER_TOKEN);
        }
    }

    @Test
    void takesEightyTwoTokensAsTheReadmeSays() {
        assertThat(Prose.DEFAULT_TOKENS).isEqualTo(82);
    }

    @Test
    void endsItsTextHoweverManyTokensAreReported() {
        assertThat(bytes(Prose.words(Integer.MAX_VALUE))).isBetween(16_000, 16_384);
    }

    @Test
    void needsNoEscapingInJson() {
        String text = Prose.text(Prose.words(Prose.DEFAULT_TOKENS));

        assertThat(Json.quoted(text)).isEqualTo('"' + text + '"');
    }

    private static int bytes(int words) {
        return Prose.text(words).getBytes(StandardCharsets.UTF_8).length;
    }
}
