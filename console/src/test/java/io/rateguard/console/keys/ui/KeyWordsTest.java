package io.rateguard.console.keys.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.keys.Keys.Key;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyWordsTest {

    private static final Key KEY =
            SampleKey.keptTo(List.of("openai"), List.of("gpt-4o*"), List.of("/v1/chat/**"), List.of("10.0.0.0/8"));

    @Test
    void saysWhatTakingListsAwayOpensAKeyTo() {
        List<String> none = List.of();

        assertThat(KeyWords.opened(KEY, SampleKey.wanted(null, none, none, none)))
                .containsExactly(
                        "for every API, those to come too",
                        "for every model",
                        "for every endpoint",
                        "from every address");
        assertThat(KeyWords.opened(KEY, SampleKey.wanted(List.of("openai"), null, KEY.endpoints(), KEY.ipRanges())))
                .containsExactly("for every model");
    }

    @Test
    void anotherListOpensNothingAndWhatWasOpenStaysSo() {
        Key open = SampleKey.keptTo(null, List.of(), List.of(), List.of());

        assertThat(KeyWords.opened(
                        KEY, SampleKey.wanted(List.of("groq"), List.of("*"), List.of("/**"), List.of("192.0.2.7/32"))))
                .isEmpty();
        assertThat(KeyWords.opened(open, SampleKey.wanted(null, List.of(), List.of(), List.of())))
                .isEmpty();
    }
}
