package io.rateguard.domain.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.domain.key.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LetterTest {

    private static final Secret SECRET = Secret.create(Secret.Kind.LINK, new SecureRandom());
    private static final Instant UNTIL = Instant.parse("2026-12-04T09:00:00Z");

    static List<Letter> letters() {
        return List.of(
                new Letter.Invitation("Acme \"Inc.\"", "ada@acme.example", "viewer", SECRET, UNTIL),
                new Letter.PasswordReset(SECRET, UNTIL),
                new Letter.SignUp(SECRET, UNTIL),
                new Letter.NewAddress("ada@acme.example", SECRET, UNTIL),
                new Letter.KnownAddress(),
                new Letter.AddressChanged("ada@acme.example"));
    }

    @ParameterizedTest
    @MethodSource("letters")
    void isReadAsItWasWritten(Letter letter) {
        Letter read = Letter.read(letter.json());

        assertThat(read).usingRecursiveComparison().isEqualTo(letter);
        assertThat(read.path().endsWith("/" + SECRET.reveal())).isEqualTo(letter instanceof Letter.WithLink);
    }

    @ParameterizedTest
    @MethodSource("letters")
    void printsNoSecret(Letter letter) {
        assertThat(letter.toString()).doesNotContain(SECRET.reveal());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        String unknown = "{\"type\":\"card\",\"until\":\"" + UNTIL + "\",\"secret\":\"" + SECRET.reveal() + "\"}";

        assertThatThrownBy(() -> Letter.read(unknown))
                .hasMessage(
                        "letter: card (expected: invitation, password-reset, sign-up, new-address, known-address or address-changed)");
        assertThatThrownBy(() -> Letter.read("{\"type\":\"invitation\"}")).hasMessage("letter: no secret");
    }
}
