package io.rateguard.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

    private static final URI ADDRESS = URI.create("https://hooks.example/services/T0/very-secret?token=hidden%20word");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200|``|200",
                "404|no_service|404: no_service",
                "500|` <p>\n\n  Sorry\u0000\t</p> `|500: <p> Sorry </p>"
            })
    void isShownOnOneLine(int status, String body, String shown) {
        assertThat(answer(status, body.translateEscapes(), "")).hasToString(shown);
    }

    @Test
    void isCutWhereItIsLong() {
        assertThat(answer(200, "x".repeat(500), "").beginning()).hasSize(200).endsWith("…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"POST /services/T0/very-secret", "token=hidden%20word", "hidden word", "at /T0/very-secret"})
    void neverRepeatsTheAddress(String body) {
        assertThat(answer(404, body, "").beginning())
                .doesNotContain("very-secret", "hidden")
                .contains("…");
    }

    @ParameterizedTest
    @CsvSource({"30, PT30S", "999999999, PT1H", "soon, PT0S", "'', PT0S", "-1, PT0S", "99999999999, PT0S"})
    void tellsHowLongToWait(String retryAfter, Duration pause) {
        assertThat(answer(429, "", retryAfter).pause()).isEqualTo(pause);
    }

    private static Answer answer(int status, String body, String retryAfter) {
        return Answer.of(status, body, retryAfter, ADDRESS);
    }
}
