package io.rateguard.alerts.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTML with places named {@code {{like this}}}; filled in one go, so that no value can name a place. */
record Template(String text) {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    static Template read(String name) {
        try (InputStream in = Template.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + ": missing beside " + Template.class.getName());
            }
            return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @param values texts, which are escaped */
    String with(Map<String, String> values) {
        return with(values, Map.of());
    }

    /** @param markup what is HTML already */
    String with(Map<String, String> values, Map<String, String> markup) {
        return PLACE.matcher(text).replaceAll(place -> {
            String name = place.group(1);
            String html = markup.get(name);
            String value = values.get(name);
            if (html == null && value == null) {
                throw new IllegalArgumentException("{{" + name + "}}: no value");
            }
            return Matcher.quoteReplacement(html != null ? html : escaped(String.valueOf(value)));
        });
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
