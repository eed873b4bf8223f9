package io.rateguard.domain.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals upstream credentials with AES-256-GCM under the key of the environment ({@code RATEGUARD_SECRET_KEY}, 32 bytes
 * in base 64). What is sealed is bound to its owner: it opens for the same owner only. Its text form never prints the
 * key.
 */
public final class SecretBox {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final String keyId;
    private final SecureRandom random;

    public SecretBox(String base64Key, SecureRandom random) {
        byte[] bytes = decode(base64Key);
        this.key = new SecretKeySpec(bytes, "AES");
        this.keyId = keyId(bytes);
        this.random = random;
    }

    /** Names the key without telling it: stored beside what it sealed. */
    public String keyId() {
        return keyId;
    }

    /** @param owner what the secret belongs to, such as the credential's id */
    public byte[] seal(String secret, String owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, owner, secret.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** @throws IllegalArgumentException when it was sealed under another key, for another owner, or was altered */
    public String open(byte[] sealed, String owner) {
        if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new IllegalArgumentException("sealed secret: " + sealed.length + " bytes (expected: 28 or more)");
        }
        ByteBuffer parts = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[NONCE_BYTES];
        parts.get(nonce);
        byte[] text = new byte[parts.remaining()];
        parts.get(text);
        return new String(run(Cipher.DECRYPT_MODE, nonce, owner, text), StandardCharsets.UTF_8);
    }

    /** A key of 32 bytes for another purpose, by which neither this key nor one for a third can be found. */
    public byte[] keyFor(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), mac.getAlgorithm()));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HmacSHA256", missing);
        }
    }

    @Override
    public String toString() {
        return "SecretBox[keyId=" + keyId + "]";
    }

    private byte[] run(int mode, byte[] nonce, String owner, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException failed) {
            throw new IllegalArgumentException(
                    "sealed secret of " + owner + ": does not open with key " + keyId, failed);
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
}
