package io.rateguard.domain.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretBoxTest {

    private static final String KEY = key(1);

    private final SecretBox box = new SecretBox(KEY, new SecureRandom());

    @ParameterizedTest
    @ValueSource(strings = {"", "sk-1234", "passwörd:𝄞"})
    void opensWhatItSealed(String secret) {
        byte[] sealed = box.seal(secret, "credential-1");

        assertThat(box.open(sealed, "credential-1")).isEqualTo(secret);
        assertThat(new SecretBox(KEY + "\n", new SecureRandom()).open(sealed, "credential-1"))
                .isEqualTo(secret);
    }

    @Test
    void opensWithEachOfItsKeysAndSealsWithTheFirst() {
        byte[] before = box.seal("sk-1234", "credential-1");
        SecretBox both = new SecretBox(key(2) + ", " + KEY, new SecureRandom());
        byte[] since = both.seal("sk-1234", "credential-1");

        assertThat(both.open(before, "credential-1")).isEqualTo("sk-1234");
        assertThat(both.open(since, "credential-1")).isEqualTo("sk-1234");
        assertThat(both.isCurrent(before, "credential-1")).isFalse();
        assertThat(both.isCurrent(since, "credential-1")).isTrue();
        assertThat(both.keyId()).isEqualTo(new SecretBox(key(2), new SecureRandom()).keyId());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> both.open(before, "credential-2"))
                .withMessage(
                        "sealed secret of credential-2: does not open with keys " + both.keyId() + ", " + box.keyId());
    }

    @Test
    void opensForItsOwnerOnly() {
        byte[] sealed = box.seal("sk-1234", "credential-1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> box.open(sealed, "credential-2"))
                .withMessage("sealed secret of credential-2: does not open with key " + box.keyId());
    }

    @Test
    void aKeyForAnotherPurposeIsAnother() {
        byte[] key = box.keyFor("this");

        assertThat(key).hasSize(32).isEqualTo(new SecretBox(KEY, new SecureRandom()).keyFor("this"));
        assertThat(key)
                .isNotEqualTo(box.keyFor("that"))
                .isNotEqualTo(new SecretBox(key(2), new SecureRandom()).keyFor("this"))
                .isNotEqualTo(Base64.getDecoder().decode(KEY));
    }

    @Test
    void opensWithItsKeyOnly() {
        byte[] sealed = box.seal("sk-1234", "credential-1");
        SecretBox other = new SecretBox(key(2), new SecureRandom());

        assertThat(other.keyId()).isNotEqualTo(box.keyId());
        assertThatIllegalArgumentException().isThrownBy(() -> other.open(sealed, "credential-1"));
    }

    @Test
    void tellsEveryAlteredBitAndEveryMissingByte() {
        byte[] sealed = box.seal("sk-1234", "credential-1");

        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] altered = sealed.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatIllegalArgumentException().isThrownBy(() -> box.open(altered, "credential-1"));
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatIllegalArgumentException().isThrownBy(() -> box.open(cut, "credential-1"));
        }
    }

    @Test
    void sealsTheSameDifferentlyEachTime() {
        assertThat(box.seal("sk-1234", "credential-1")).isNotEqualTo(box.seal("sk-1234", "credential-1"));
    }

    @Test
    void neverPrintsItsKey() {
        assertThat(box.toString())
                .isEqualTo("SecretBox[key " + box.keyId() + "]")
                .doesNotContain(KEY);
        assertThat(box.keyId()).hasSize(8);
    }

    @Test
    void namesWhatIsNoKeyWithoutRepeatingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SecretBox("not a key!", new SecureRandom()))
                .withMessage("RATEGUARD_SECRET_KEY: not base 64 (expected: 32 bytes in base 64)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SecretBox("AAAA", new SecureRandom()))
                .withMessage("RATEGUARD_SECRET_KEY: 3 bytes (expected: 32 bytes in base 64)");
    }

    private static String key(int filling) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) filling);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
