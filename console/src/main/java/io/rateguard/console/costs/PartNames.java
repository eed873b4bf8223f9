package io.rateguard.console.costs;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.rateguard.analytics.question.GroupBy;
import io.rateguard.analytics.question.UsageRow;
import io.rateguard.console.keys.Keys;
import io.rateguard.domain.id.ApiKeyId;
import java.util.HashMap;
import java.util.Map;

/**
 * What costs are added up by, and what people call it. Keys that followed each other by rotation are one; those that only
 * have the same name are told apart by their prefixes.
 */
final class PartNames {

    private static final String NONE = "";

    private final Map<ApiKeyId, Keys.Named> keys;
    private final Map<String, String> namesByLine = new HashMap<>();

    /** @param keys those that rows are of, the newest of a line last */
    PartNames(Map<ApiKeyId, Keys.Named> keys) {
        this.keys = keys;
        Map<ApiKeyId, Keys.Named> newest = new HashMap<>();
        keys.values().forEach(key -> newest.put(key.line(), key));
        Map<String, Long> uses =
                newest.values().stream().map(Keys.Named::name).collect(groupingBy(identity(), counting()));
        newest.forEach((line, key) -> namesByLine.put(
                line.toString(),
                uses.getOrDefault(key.name(), 0L) == 1 ? key.name() : key.name() + " (" + key.prefix() + "…)"));
    }

    /** What a row is added to; empty where it has none. */
    String value(Dimension by, UsageRow row) {
        ApiKeyId key = row.key();
        if (isKey(by) && key != null) {
            Keys.Named known = keys.get(key);
            return (known == null ? key : known.line()).toString();
        }
        String value = by.valueIn(row);
        return value == null ? NONE : value;
    }

    String name(Dimension by, String value) {
        if (value.equals(NONE)) {
            return by.wordsOfNone();
        }
        return isKey(by) ? namesByLine.getOrDefault(value, value) : value;
    }

    private static boolean isKey(Dimension by) {
        return by instanceof Dimension.Attribute(GroupBy group) && group == GroupBy.KEY;
    }
}
