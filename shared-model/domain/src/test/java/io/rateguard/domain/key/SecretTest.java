package io.rateguard.domain.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.key.Secret.Kind;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    private static final int CHECKSUM_CHARS = 6;

    private final SecureRandom random = new SecureRandom();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void isReadBackAsItself(Kind kind) {
        Secret secret = Secret.create(kind, random);

        Secret read = Secret.parse(secret.reveal()).orElseThrow();

        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.hash()).isEqualTo(secret.hash()).hasSameHashCodeAs(secret.hash());
        assertThat(secret.reveal()).matches(kind.prefix() + "[0-9A-Za-z]{38}");
        assertThat(secret.hash().bytes()).hasSize(32);
    }

    /** Certain, not likely: a CRC-32 tells any change within 32 bits in a row, and a checksum has one text. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void tellsEverySingleWrongCharacter(Kind kind) {
        for (int sample = 0; sample < 20; sample++) {
            String text = Secret.create(kind, random).reveal();
            for (int at = 0; at < text.length(); at++) {
                for (char wrong = ' '; wrong < 127; wrong++) {
                    if (wrong != text.charAt(at)) {
                        String mistyped = text.substring(0, at) + wrong + text.substring(at + 1);
                        assertThat(Secret.parse(mistyped)).isEmpty();
                    }
                }
            }
        }
    }

    /** Certain within body and checksum, and all but certain (1 in 2³²) where the two meet. */
    @Test
    void tellsEverySwapOfNeighbours() {
        int swaps = 0;
        for (int sample = 0; sample < 2_000; sample++) {
            String text = Secret.create(Kind.LIVE_KEY, random).reveal();
            for (int at = 0; at + 1 < text.length(); at++) {
                if (text.charAt(at) != text.charAt(at + 1)) {
                    String swapped =
                            text.substring(0, at) + text.charAt(at + 1) + text.charAt(at) + text.substring(at + 2);
                    assertThat(Secret.parse(swapped)).isEmpty();
                    swaps++;
                }
            }
        }
        assertThat(swaps).isGreaterThan(80_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rg_live_", "sk-proj-abc", "rg_live_short", "rgm_", "ключ"})
    void isNothingElse(String text) {
        assertThat(Secret.parse(text)).isEmpty();
    }

    @Test
    void isNeitherShortenedNorLengthened() {
        String text = Secret.create(Kind.LIVE_KEY, random).reveal();

        assertThat(Secret.parse(text.substring(0, text.length() - 1))).isEmpty();
        assertThat(Secret.parse(text + "0")).isEmpty();
        assertThat(Secret.parse(" " + text)).isEmpty();
        assertThat(Secret.parse(text + "\n")).isEmpty();
        assertThat(Secret.parse(text.replace("rg_live_", "rg_test_"))).isEmpty();
    }

    @Test
    void neverPrints() {
        Secret secret = Secret.create(Kind.LIVE_KEY, random);
        String hidden = secret.reveal().substring(secret.displayPrefix().length());

        assertThat(secret.displayPrefix()).hasSize("rg_live_".length() + 4);
        assertThat(secret).hasToString(secret.displayPrefix() + "…");
        assertThat(Optional.of(secret).toString()).doesNotContain(hidden.substring(0, CHECKSUM_CHARS));
        assertThat(secret.hash().toString()).hasSize(9);
    }

    @Test
    void keepsItsHashFromBeingChanged() {
        Secret.SecretHash hash = Secret.create(Kind.TEST_KEY, random).hash();
        Secret.SecretHash same = new Secret.SecretHash(hash.bytes());

        hash.bytes()[0] ^= 1;

        assertThat(hash).isEqualTo(same);
        assertThat(hash).isNotEqualTo(Secret.create(Kind.TEST_KEY, random).hash());
    }
}
