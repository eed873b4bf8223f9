package io.rateguard.console.playground;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpokenTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}",
                "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}",
                "{\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}]}"
            })
    void hearsWhatIsSaidInAStreamAsSoonAsItsLineHasEnded(String event) {
        Spoken spoken = new Spoken(true);
        int middle = event.length() / 2;

        assertThat(spoken.hear("event: x\r\ndata: " + event.substring(0, middle)))
                .isEmpty();
        assertThat(spoken.hear(event.substring(middle) + "\n\ndata: " + event + "\n\ndata: [DONE]\n\n"))
                .isEqualTo("HiHi");
        assertThat(spoken.end()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}",
                "{\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"H\"},{\"text\":\"i\"}]}}]}"
            })
    void hearsWhatIsSaidAtOnceAtItsEnd(String reply) {
        Spoken spoken = new Spoken(false);

        assertThat(spoken.hear(reply.substring(0, 9)) + spoken.hear(reply.substring(9)))
                .isEmpty();
        assertThat(spoken.end()).isEqualTo("Hi");
    }

    @Test
    void hearsNothingInOtherReplies() {
        for (String reply :
                new String[] {"", "plain", "[1,2]", "{\"error\":{\"message\":\"no\"}}", "{\"content\":\"x\"}"}) {
            Spoken spoken = new Spoken(false);
            assertThat(spoken.hear(reply) + spoken.end()).as(reply).isEmpty();
        }
    }
}
