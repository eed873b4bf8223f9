package io.rateguard.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class PromptTest {

    @Test
    void countsAQuarterOfTheBytesRoundedUpAndThreePerMessage() {
        assertThat(tokens("{\"messages\":[{\"content\":\"\"}]}")).isEqualTo(3);
        assertThat(tokens("{\"messages\":[{\"content\":\"four\"}]}")).isEqualTo(1 + 3);
        assertThat(tokens("{\"messages\":[{\"content\":\"four+\"}]}")).isEqualTo(2 + 3);
        assertThat(tokens("{\"messages\":[{\"content\":\"四二\"},{\"content\":null}]}"))
                .isEqualTo(2 + 6);
    }

    @Test
    void countsTheTextPartsAndTheSystemText() {
        assertThat(tokens("""
                {"system":[{"type":"text","text":"ab"}],
                 "messages":[{"content":[{"type":"text","text":"cd"},{"type":"image","source":{}}]}]}""")).isEqualTo(1 + 6);
    }

    @Test
    void needsAMessage() {
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> tokens("{\"messages\":[]}"));
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> tokens("{\"messages\":\"hi\"}"));
    }

    private static long tokens(String request) {
        return Prompt.of(Json.object(Json.bytes(request))).tokens();
    }
}
