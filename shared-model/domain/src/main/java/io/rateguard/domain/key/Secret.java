package io.rateguard.domain.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The secret of a key, a token, a link or a session: prefix, 32 random characters of base 62 (190 bits), and a checksum of 6, so that a
 * mistyped one is told without asking anyone. Shown once; stored as SHA-256 with a short prefix to recognise it by. Its
 * text form never prints.
 */
public final class Secret {

    private static final char[] BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final int RANDOM_CHARS = 32;
    private static final int CHECKSUM_CHARS = 6;
    private static final int SHOWN_CHARS = 4;

    private final Kind kind;
    private final String text;

    private Secret(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    public static Secret create(Kind kind, SecureRandom random) {
        StringBuilder body = new StringBuilder(kind.prefix());
        for (int i = 0; i < RANDOM_CHARS; i++) {
            body.append(BASE62[random.nextInt(BASE62.length)]);
        }
        return new Secret(kind, body + checksum(body.toString()));
    }

    /** The secret that this text is, or nothing when its form or checksum is wrong. */
    public static Optional<Secret> parse(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix())) {
                return isWellFormed(kind, text) ? Optional.of(new Secret(kind, text)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The secret of this kind that this text is. */
    public static Optional<Secret> parse(Kind kind, String text) {
        return parse(text).filter(secret -> secret.kind == kind);
    }

    public Kind kind() {
        return kind;
    }

    /** The secret itself: for the one answer that creates it, and for clients. */
    public String reveal() {
        return text;
    }

    /** What may be shown ever after: {@code rg_live_} and 4 characters. */
    public String displayPrefix() {
        return text.substring(0, kind.prefix().length() + SHOWN_CHARS);
    }

    public SecretHash hash() {
        try {
            return new SecretHash(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    @Override
    public String toString() {
        return displayPrefix() + "…";
    }

    private static boolean isWellFormed(Kind kind, String text) {
        if (text.length() != kind.prefix().length() + RANDOM_CHARS + CHECKSUM_CHARS) {
            return false;
        }
        for (int i = kind.prefix().length(); i < text.length(); i++) {
            if (Arrays.binarySearch(BASE62, text.charAt(i)) < 0) {
                return false;
            }
        }
        int end = text.length() - CHECKSUM_CHARS;
        return checksum(text.substring(0, end)).equals(text.substring(end));
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        long value = crc.getValue();
        char[] digits = new char[CHECKSUM_CHARS];
        for (int i = CHECKSUM_CHARS - 1; i >= 0; i--) {
            digits[i] = BASE62[(int) (value % BASE62.length)];
            value /= BASE62.length;
        }
        return new String(digits);
    }

    /** What a secret opens. */
    public enum Kind {
        LIVE_KEY("rg_live_"),
        TEST_KEY("rg_test_"),
        MANAGEMENT_TOKEN("rgm_"),
        /** What the link of a letter offers. */
        LINK("rgl_"),
        /** Where a person is signed in. */
        SESSION("rgs_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        public String prefix() {
            return prefix;
        }

        /** Whether it is what applications show to the proxy. */
        public boolean isKey() {
            return this == LIVE_KEY || this == TEST_KEY;
        }
    }

    /** The SHA-256 of a secret, a value with the equality of its bytes. */
    public record SecretHash(byte[] bytes) {

        public SecretHash {
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        /** Compares in constant time. */
        @Override
        public boolean equals(Object other) {
            return other instanceof SecretHash hash && MessageDigest.isEqual(bytes, hash.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return HexFormat.of().formatHex(bytes, 0, 4) + "…";
        }
    }
}
