package io.rateguard.proxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** A JSON string as it is read: the first bytes of its decoded text, and how many there are in all. */
final class CapturedText {

    static final int LONGEST = 256;

    private final byte[] bytes = new byte[LONGEST];
    private long length;
    private int escape;
    private int digits;
    private int highSurrogate;

    void clear() {
        length = 0;
        highSurrogate = 0;
    }

    void add(int b) {
        if (highSurrogate != 0) {
            highSurrogate = 0;
            addReplacement();
        }
        put(b);
    }

    /** The character after a backslash; true when four hexadecimal digits follow. */
    boolean escaped(byte b) {
        switch (b) {
            case 'n' -> add('\n');
            case 't' -> add('\t');
            case 'r' -> add('\r');
            case 'b' -> add('\b');
            case 'f' -> add('\f');
            case 'u' -> {
                escape = 0;
                digits = 0;
                return true;
            }
            default -> add(b);
        }
        return false;
    }

    /** One hexadecimal digit of an escape; true when it was the last. */
    boolean digit(byte b) {
        escape = escape << 4 | Math.max(0, Character.digit(b, 16));
        if (++digits < 4) {
            return false;
        }
        addUnit(escape);
        return true;
    }

    /** UTF-8 bytes of the decoded text. */
    long utf8Bytes() {
        return highSurrogate == 0 ? length : length + 3;
    }

    boolean isWhole() {
        return length <= LONGEST;
    }

    byte[] bytes() {
        return bytes;
    }

    int captured() {
        return (int) Math.min(length, LONGEST);
    }

    String value() {
        return new String(bytes, 0, captured(), UTF_8);
    }

    /** The same text, as the object that is known already where it is equal: most events repeat what the first one said. */
    String value(@Nullable String known) {
        return known != null && equalsAscii(known) ? known : value();
    }

    private boolean equalsAscii(String text) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (i >= LONGEST || text.charAt(i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private void addUnit(int unit) {
        if (Character.isLowSurrogate((char) unit) && highSurrogate != 0) {
            int codePoint = Character.toCodePoint((char) highSurrogate, (char) unit);
            highSurrogate = 0;
            put(0xf0 | codePoint >> 18);
            put(0x80 | codePoint >> 12 & 0x3f);
            put(0x80 | codePoint >> 6 & 0x3f);
            put(0x80 | codePoint & 0x3f);
        } else if (Character.isHighSurrogate((char) unit)) {
            if (highSurrogate != 0) {
                addReplacement();
            }
            highSurrogate = unit;
        } else if (Character.isLowSurrogate((char) unit)) {
            addReplacement();
        } else if (unit < 0x80) {
            add(unit);
        } else if (unit < 0x800) {
            add(0xc0 | unit >> 6);
            put(0x80 | unit & 0x3f);
        } else {
            add(0xe0 | unit >> 12);
            put(0x80 | unit >> 6 & 0x3f);
            put(0x80 | unit & 0x3f);
        }
    }

    private void addReplacement() {
        put(0xef);
        put(0xbf);
        put(0xbd);
    }

    private void put(int b) {
        if (length < LONGEST) {
            bytes[(int) length] = (byte) b;
        }
        length++;
    }
}
