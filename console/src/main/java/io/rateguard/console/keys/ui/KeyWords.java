package io.rateguard.console.keys.ui;

import io.rateguard.console.keys.Keys.Key;
import io.rateguard.console.keys.NewKey;
import io.rateguard.domain.key.CustomerHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a key may be used for, in plain words. */
final class KeyWords {

    private KeyWords() {}

    /** {@code openai · models gpt-4o* · /v1/chat/** · from 10.0.0.0/8}. */
    static String scope(Key key) {
        List<String> parts = new ArrayList<>();
        if (key.apis() == null) {
            parts.add("All APIs");
        } else {
            parts.add(key.apis().isEmpty() ? "No API" : String.join(", ", key.apis()));
        }
        if (!key.models().isEmpty()) {
            parts.add("models " + String.join(", ", key.models()));
        }
        if (!key.endpoints().isEmpty()) {
            parts.add(String.join(", ", key.endpoints()));
        }
        if (!key.ipRanges().isEmpty()) {
            parts.add("from " + String.join(", ", key.ipRanges()));
        }
        return String.join(" · ", parts);
    }

    /** What an edit opens a key to by taking a list away, each as {@code for every model}. */
    static List<String> opened(Key key, NewKey wanted) {
        List<String> opened = new ArrayList<>();
        if (key.apis() != null && wanted.apis() == null) {
            opened.add("for every API, those to come too");
        }
        addIfEmptied(opened, key.models(), wanted.models(), "for every model");
        addIfEmptied(opened, key.endpoints(), wanted.endpoints(), "for every endpoint");
        addIfEmptied(opened, key.ipRanges(), wanted.ipRanges(), "from every address");
        return opened;
    }

    private static void addIfEmptied(
            List<String> opened, List<String> present, @Nullable List<String> wanted, String words) {
        if (!present.isEmpty() && NewKey.orNone(wanted).isEmpty()) {
            opened.add(words);
        }
    }

    /** {@code Ada · project apollo · team:search · for acme}; empty where nothing is said. */
    static String whose(Key key) {
        List<String> parts = new ArrayList<>();
        if (key.owner() != null) {
            parts.add(key.owner());
        }
        if (key.project() != null) {
            parts.add("project " + key.project());
        }
        key.tags().forEach((name, value) -> parts.add(name + ":" + value));
        if (key.customer() != null) {
            parts.add("for " + key.customer());
        } else if (key.customerHeader() != CustomerHeader.IGNORED) {
            parts.add(key.customerHeader() == CustomerHeader.REQUIRED ? "customer required" : "customer by the caller");
        }
        return String.join(" · ", parts);
    }
}
