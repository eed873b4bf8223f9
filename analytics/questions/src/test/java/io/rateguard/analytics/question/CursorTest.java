package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.domain.id.RequestId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void readsBackWhatItWrote() {
        Cursor cursor = new Cursor(1_790_000_000_123L, RequestId.create(1_790_000_000_000L, new Random(1)));

        assertThat(Cursor.parse(cursor.toString())).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "12.", ".x", "x.req_00000000000000000000000000", "12.req_1"})
    void refusesOtherText(String text) {
        assertThatThrownBy(() -> Cursor.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cursor: " + text + " (expected: one from an earlier answer)");
    }
}
