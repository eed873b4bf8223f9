package io.rateguard.console.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FieldsTest {

    @Test
    void takesNoControlCharacterInAnAddress() {
        assertThat(Fields.requireEmail("email", " ada@acme.example ")).isEqualTo("ada@acme.example");
        assertThatThrownBy(() -> Fields.requireEmail("email", "a\u0000da@acme.example"))
                .hasMessage("email: a control character (expected: none)");
    }
}
