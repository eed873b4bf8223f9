package io.rateguard.domain.id;

import java.util.random.RandomGenerator;

/**
 * One request, from arrival to record: {@code req_} and 26 characters of Crockford base 32 (48 bits of the arrival in
 * milliseconds, 80 random bits), so that text order is time order.
 */
public record RequestId(String value) {

    private static final String PREFIX = "req_";
    private static final int DIGITS = 26;
    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    public RequestId {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "request id: " + value + " (expected: req_ and 26 characters of Crockford base 32)");
        }
    }

    public static RequestId create(long nowMillis, RandomGenerator random) {
        char[] text = new char[PREFIX.length() + DIGITS];
        PREFIX.getChars(0, PREFIX.length(), text, 0);
        writeDigits(text, PREFIX.length(), nowMillis, 10);
        writeDigits(text, PREFIX.length() + 10, random.nextLong() >>> 24, 8);
        writeDigits(text, PREFIX.length() + 18, random.nextLong() >>> 24, 8);
        return new RequestId(new String(text));
    }

    @Override
    public String toString() {
        return value;
    }

    private static void writeDigits(char[] text, int offset, long bits, int digits) {
        for (int i = digits - 1; i >= 0; i--) {
            text[offset + i] = ALPHABET[(int) (bits & 31)];
            bits >>>= 5;
        }
    }

    private static boolean isWellFormed(String text) {
        if (text.length() != PREFIX.length() + DIGITS || !text.startsWith(PREFIX)) {
            return false;
        }
        for (int i = PREFIX.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean letter = c >= 'A' && c <= 'Z' && c != 'I' && c != 'L' && c != 'O' && c != 'U';
            if (!digit && !letter) {
                return false;
            }
        }
        return true;
    }
}
