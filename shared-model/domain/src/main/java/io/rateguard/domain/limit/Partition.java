package io.rateguard.domain.limit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What a rule counts apart: one counter for each value. */
public sealed interface Partition {

    /** The value that this request counts under; a request without one counts under the empty text. */
    String valueOf(RequestFacts facts);

    /** The name in the management API: {@code key}, {@code tag:team}. */
    String wireName();

    /** The counter of a rule that this request falls under: the values of its partitions, in order. */
    static String of(List<Partition> partitions, RequestFacts facts) {
        if (partitions.isEmpty()) {
            return "-";
        }
        StringBuilder name = new StringBuilder();
        for (Partition partition : partitions) {
            String value = partition.valueOf(facts);
            name.append(value.length()).append('.').append(value);
        }
        return name.toString();
    }

    /** The values of a counter's name, as {@link #of} put them together; none of a digest. */
    static List<String> valuesOf(String counter) {
        List<String> values = new ArrayList<>();
        int at = 0;
        while (at < counter.length()) {
            int dot = counter.indexOf('.', at);
            if (dot < 0) {
                return List.of();
            }
            int end = dot + 1 + Integer.parseInt(counter, at, dot, 10);
            values.add(counter.substring(dot + 1, end));
            at = end;
        }
        return values;
    }

    /** A short name for a counter whose own is long or unusual; the sign in front, which none has, keeps them apart. */
    static String digest(String counter) {
        try {
            byte[] text = counter.getBytes(StandardCharsets.UTF_8);
            return "#"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Partition ofWireName(String name) {
        if (name.startsWith("tag:") && name.length() > 4) {
            return new Tag(name.substring(4));
        }
        for (Field field : Field.values()) {
            if (field.wireName().equals(name)) {
                return field;
            }
        }
        throw new IllegalArgumentException(
                "per: " + name + " (expected: workspace, project, api, key, customer, ip, model or tag:<name>)");
    }

    /** A partition by a part of the request that every request has, or by project, customer or model. */
    enum Field implements Partition {
        WORKSPACE,
        PROJECT,
        API,
        KEY,
        CUSTOMER,
        IP,
        MODEL;

        @Override
        public String valueOf(RequestFacts facts) {
            return switch (this) {
                case WORKSPACE -> "";
                case PROJECT -> orEmpty(facts.project());
                case API -> facts.api();
                case KEY -> facts.key().toString();
                case CUSTOMER -> orEmpty(facts.customer());
                case IP -> facts.clientAddress();
                case MODEL -> orEmpty(facts.model());
            };
        }

        @Override
        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A partition by the value of one trusted tag. */
    record Tag(String name) implements Partition {
        @Override
        public String valueOf(RequestFacts facts) {
            return orEmpty(facts.tags().get(name));
        }

        @Override
        public String wireName() {
            return "tag:" + name;
        }
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }
}
