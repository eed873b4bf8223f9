package io.rateguard.domain.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets with AES-256-GCM under the key of the environment ({@code RATEGUARD_SECRET_KEY}, 32 bytes in base 64).
 * While keys are rolled there are several, separated by commas: the first one seals, each opens. What is sealed is bound to
 * its owner: it opens for the same owner only. Its text form never prints a key.
 */
public final class SecretBox {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final List<Key> keys;
    private final SecureRandom random;

    public SecretBox(String base64Keys, SecureRandom random) {
        this.keys = Stream.of(base64Keys.split(",", -1)).map(Key::of).toList();
        this.random = random;
    }

    /** Names the key that seals without telling it: stored beside what it sealed. */
    public String keyId() {
        return keys.getFirst().id();
    }

    /** @param owner what the secret belongs to, such as the credential's id */
    public byte[] seal(String secret, String owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, keys.getFirst(), nonce, owner, secret.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** @throws IllegalArgumentException when it was sealed under another key, for another owner, or was altered */
    public String open(byte[] sealed, String owner) {
        return keys.stream()
                .flatMap(key -> open(key, sealed, owner).stream())
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("sealed secret of " + owner + ": does not open with " + keyIds()));
    }

    /** Whether the key that seals has sealed this. */
    public boolean isCurrent(byte[] sealed, String owner) {
        return open(keys.getFirst(), sealed, owner).isPresent();
    }

    private static Optional<String> open(Key key, byte[] sealed, String owner) {
        if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new IllegalArgumentException("sealed secret: " + sealed.length + " bytes (expected: 28 or more)");
        }
        ByteBuffer parts = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[NONCE_BYTES];
        parts.get(nonce);
        byte[] text = new byte[parts.remaining()];
        parts.get(text);
        return run(Cipher.DECRYPT_MODE, key, nonce, owner, text)
                .map(secret -> new String(secret, StandardCharsets.UTF_8));
    }

    /** A key of 32 bytes for another purpose, by which neither the key that seals nor one for a third can be found. */
    public byte[] keyFor(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keys.getFirst().spec().getEncoded(), mac.getAlgorithm()));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HmacSHA256", missing);
        }
    }

    @Override
    public String toString() {
        return "SecretBox[" + keyIds() + "]";
    }

    private String keyIds() {
        String ids = keys.stream().map(Key::id).collect(Collectors.joining(", "));
        return keys.size() == 1 ? "key " + ids : "keys " + ids;
    }

    /** Nothing when the key is not the right one. */
    private static Optional<byte[]> run(int mode, Key key, byte[] nonce, String owner, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key.spec(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
            return Optional.of(cipher.doFinal(input));
        } catch (AEADBadTagException another) {
            return Optional.empty();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has AES-GCM", missing);
        }
    }

    private static byte[] decode(String base64Key) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64Key.strip());
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("RATEGUARD_SECRET_KEY: not base 64 (expected: 32 bytes in base 64)");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "RATEGUARD_SECRET_KEY: " + bytes.length + " bytes (expected: 32 bytes in base 64)");
        }
        return bytes;
    }

    private static String keyId(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    private record Key(SecretKeySpec spec, String id) {

        static Key of(String base64) {
            byte[] bytes = decode(base64);
            return new Key(new SecretKeySpec(bytes, "AES"), keyId(bytes));
        }
    }
}
