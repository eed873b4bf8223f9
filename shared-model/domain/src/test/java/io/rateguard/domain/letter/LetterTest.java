package io.rateguard.domain.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.domain.key.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LetterTest {

    private static final Secret SECRET = Secret.create(Secret.Kind.LINK, new SecureRandom());
    private static final Instant UNTIL = Instant.parse("2026-12-04T09:00:00Z");

    @Test
    void isReadAsItWasWritten() {
        Letter letter = new Letter.Invitation("Acme \"Inc.\"", "ada@acme.example", "viewer", SECRET, UNTIL);

        Letter read = Letter.read(letter.json());

        assertThat(read).usingRecursiveComparison().isEqualTo(letter);
        assertThat(read.path()).isEqualTo("join/" + SECRET.reveal());
    }

    @Test
    void printsNoSecret() {
        assertThat(new Letter.Invitation("Acme", "ada", "viewer", SECRET, UNTIL).toString())
                .doesNotContain(SECRET.reveal());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        String unknown = "{\"type\":\"card\",\"until\":\"" + UNTIL + "\",\"secret\":\"" + SECRET.reveal() + "\"}";

        assertThatThrownBy(() -> Letter.read(unknown)).hasMessage("letter: card (expected: invitation)");
        assertThatThrownBy(() -> Letter.read("{\"type\":\"invitation\"}")).hasMessage("letter: no secret");
    }
}
