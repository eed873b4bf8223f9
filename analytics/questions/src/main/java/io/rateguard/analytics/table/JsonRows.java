package io.rateguard.analytics.table;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as JSONCompactEachRow: one array a line. Line breaks inside values are escaped, so no value can look like
 * the end of the data; the binary formats do not promise that where data travels behind its statement.
 */
final class JsonRows {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final long MILLIS_PER_DAY = 86_400_000;
    private static final int MAX_BYTES_PER_CHAR = 6;

    private byte[] buffer = new byte[64 * 1024];
    private int length;
    private boolean first = true;

    JsonRows beginRow() {
        return begin('[');
    }

    JsonRows endRow() {
        end(']').put('\n');
        first = true;
        return this;
    }

    JsonRows beginArray() {
        return begin('[');
    }

    JsonRows endArray() {
        return end(']');
    }

    JsonRows beginObject() {
        return begin('{');
    }

    JsonRows endObject() {
        return end('}');
    }

    JsonRows field(String name) {
        text(name).put(':');
        first = true;
        return this;
    }

    JsonRows text(@Nullable String value) {
        separate();
        if (value == null) {
            return put(NULL);
        }
        reserve(value.length() * MAX_BYTES_PER_CHAR + 2);
        buffer[length++] = '"';
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                return rest(value, i);
            }
            ascii(c);
        }
        buffer[length++] = '"';
        return this;
    }

    JsonRows whole(long value) {
        separate();
        return put(Long.toString(value).getBytes(StandardCharsets.ISO_8859_1));
    }

    JsonRows whole(@Nullable Long value) {
        return value == null ? text(null) : whole(value.longValue());
    }

    JsonRows bool(boolean value) {
        separate();
        return put(value ? TRUE : FALSE);
    }

    JsonRows uuid(@Nullable UUID value) {
        return text(value == null ? null : value.toString());
    }

    /** A time in UTC: {@code 2026-11-01 00:00:00.000}. */
    JsonRows time(long epochMillis) {
        separate();
        reserve(32);
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(epochMillis, MILLIS_PER_DAY));
        int millis = (int) Math.floorMod(epochMillis, MILLIS_PER_DAY);
        put('"').digits(day.getYear(), 4)
                .put('-')
                .digits(day.getMonthValue(), 2)
                .put('-');
        digits(day.getDayOfMonth(), 2).put(' ').digits(millis / 3_600_000, 2).put(':');
        digits(millis / 60_000 % 60, 2).put(':').digits(millis / 1000 % 60, 2).put('.');
        return digits(millis % 1000, 3).put('"');
    }

    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    private JsonRows begin(char bracket) {
        separate();
        first = true;
        return put(bracket);
    }

    private JsonRows end(char bracket) {
        first = false;
        return put(bracket);
    }

    private void separate() {
        if (!first) {
            put(',');
        }
        first = false;
    }

    /** From the first character that is not ASCII on. */
    private JsonRows rest(String value, int from) {
        for (byte each : value.substring(from).getBytes(StandardCharsets.UTF_8)) {
            ascii(each);
        }
        buffer[length++] = '"';
        return this;
    }

    private void ascii(int c) {
        if (c == '"' || c == '\\') {
            buffer[length++] = '\\';
            buffer[length++] = (byte) c;
        } else if (c >= 0 && c < 0x20) {
            buffer[length++] = '\\';
            buffer[length++] = 'u';
            buffer[length++] = '0';
            buffer[length++] = '0';
            buffer[length++] = HEX[c >> 4];
            buffer[length++] = HEX[c & 0xf];
        } else {
            buffer[length++] = (byte) c;
        }
    }

    private JsonRows digits(int value, int count) {
        int rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            buffer[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
        return this;
    }

    private JsonRows put(char c) {
        reserve(1);
        buffer[length++] = (byte) c;
        return this;
    }

    private JsonRows put(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(Math.multiplyExact(buffer.length, 2), Math.addExact(length, more)));
        }
    }
}
