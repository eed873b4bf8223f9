package io.rateguard.domain.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A path of an upstream as segments, decoded once and without empty ones.
 *
 * @param plain false when its encoding is broken or done twice, or hides a control character, or a segment is {@code .} or
 *     {@code ..}, which the upstream may read as another path
 */
public record UpstreamPath(String shown, List<String> segments, boolean plain) {

    private static final int LONGEST_SHOWN = 200;
    private static final int LONGEST_SEGMENT = 64;
    private static final int MOST_SEGMENTS = 12;

    /** A dot or a slash to an upstream that decodes once more. */
    private static final Pattern ENCODED_TWICE = Pattern.compile("%(?:2e|2f|5c)", Pattern.CASE_INSENSITIVE);

    public static UpstreamPath of(String path) {
        String shown = path.length() > LONGEST_SHOWN ? path.substring(0, LONGEST_SHOWN) + "…" : path;
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(path.length());
        boolean plain = decode(path, decoded);
        List<String> segments = new ArrayList<>();
        for (String segment : decoded.toString(UTF_8).split("/", -1)) {
            String name = withoutParameters(segment);
            plain &= !name.equals(".")
                    && !name.equals("..")
                    && !ENCODED_TWICE.matcher(name).find();
            if (!name.isEmpty()) {
                segments.add(name);
            }
        }
        return new UpstreamPath(shown, List.copyOf(segments), plain);
    }

    /** The path as limits and prices compare it: the same for every spelling. */
    public String compared() {
        return "/" + String.join("/", segments).toLowerCase(Locale.ROOT);
    }

    /** The path with its ids folded, so that the number of endpoints stays small. */
    public String folded() {
        StringBuilder folded = new StringBuilder();
        for (int i = 0; i < segments.size(); i++) {
            if (i == MOST_SEGMENTS) {
                return folded.append("/**").toString();
            }
            String segment = segments.get(i);
            folded.append('/').append(isId(segment) ? "{id}" : segment);
        }
        return folded.isEmpty() ? "/" : folded.toString();
    }

    private static boolean isId(String segment) {
        int digits = 0;
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c <= ' ' || c == 0x7f) {
                return true;
            }
        }
        return segment.length() > LONGEST_SEGMENT
                || digits > 0 && (digits == segment.length() || segment.length() >= 8 || hasPrefix(segment));
    }

    /** {@code cus_123}: letters, an underscore, then something with a digit. */
    private static boolean hasPrefix(String segment) {
        int underscore = segment.indexOf('_');
        for (int i = 0; i < underscore; i++) {
            if (!Character.isLetter(segment.charAt(i))) {
                return false;
            }
        }
        return underscore > 0;
    }

    private static String withoutParameters(String segment) {
        int semicolon = segment.indexOf(';');
        return semicolon < 0 ? segment : segment.substring(0, semicolon);
    }

    private static boolean decode(String path, ByteArrayOutputStream decoded) {
        boolean plain = true;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') {
                int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
                int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    plain = false;
                    decoded.write('%');
                    continue;
                }
                int octet = high << 4 | low;
                plain &= octet >= ' ' && octet != 0x7f;
                decoded.write(octet);
                i += 2;
            } else if (c == '\\') {
                decoded.write('/');
            } else if (c < 0x80) {
                decoded.write(c);
            } else {
                decoded.writeBytes(String.valueOf(c).getBytes(UTF_8));
            }
        }
        return plain;
    }
}
