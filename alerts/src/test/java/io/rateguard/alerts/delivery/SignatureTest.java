package io.rateguard.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignatureTest {

    /** The example of {@code docs/alerts.md}. */
    @Test
    void isWhatTheDocumentSays() {
        assertThat(Signature.of(
                        "a secret of 16 characters or more",
                        1_795_766_400,
                        "{\"id\":\"019ab0c4-7d1e-7c3a-9c52-1f6a5d0e8b11\",\"type\":\"test\"}"))
                .isEqualTo("v1=e24ea09ed5902e2d9bc0924e1eb343cf4dde3bf1bf07bff2fc3051fe9b89d2d0");
    }

    @Test
    void isAnotherForEachSecretTimeAndBody() {
        assertThat(Signature.of("secret", 1, "body"))
                .isNotEqualTo(Signature.of("other", 1, "body"))
                .isNotEqualTo(Signature.of("secret", 2, "body"))
                .isNotEqualTo(Signature.of("secret", 1, "other"));
    }
}
