package io.rateguard.domain.budget;

import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.key.ProjectName;
import io.rateguard.domain.limit.RequestFacts;
import java.util.Arrays;
import java.util.Locale;

/**
 * The node a budget stands on. For an API the value is its slug, for a key its id, for a tag {@code name:value}, for a
 * project or a customer its name, for a workspace it is empty.
 */
public record BudgetScope(Type type, String value) {

    /** As long as the name of a tag and the longest value of one. */
    private static final int LONGEST_CHARS = 264;

    private static final String TAG_FORM = "a tag as name:value, such as team:search";

    public static final BudgetScope WORKSPACE = new BudgetScope(Type.WORKSPACE, "");

    public BudgetScope {
        if ((type == Type.WORKSPACE) != value.isEmpty()) {
            throw unexpected(
                    value,
                    switch (type) {
                        case WORKSPACE -> "none for a workspace";
                        case TAG -> TAG_FORM;
                        case API, KEY, PROJECT, CUSTOMER -> "the " + type.wireName() + "'s name or id";
                    });
        }
        if (value.length() > LONGEST_CHARS) {
            throw new IllegalArgumentException(
                    "scope.value: " + value.length() + " characters (expected: " + LONGEST_CHARS + " or fewer)");
        }
        value = switch (type) {
            case KEY -> keyId(value);
            case PROJECT -> ProjectName.require("scope.value", value);
            case TAG -> tag(value);
            case WORKSPACE, API, CUSTOMER -> value;
        };
    }

    public boolean covers(RequestFacts facts) {
        return switch (type) {
            case WORKSPACE -> true;
            case API -> value.equals(facts.api());
            case KEY -> value.equals(facts.key().toString());
            case PROJECT -> value.equals(facts.project());
            case TAG -> tagValue().equals(facts.tags().get(tagName()));
            case CUSTOMER -> value.equals(facts.customer());
        };
    }

    /** Of a scope that is a tag: its name. */
    public String tagName() {
        return value.substring(0, value.indexOf(':'));
    }

    /** Of a scope that is a tag: its value. */
    public String tagValue() {
        return value.substring(value.indexOf(':') + 1);
    }

    private static String tag(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw unexpected(text, TAG_FORM);
        }
        return text;
    }

    private static IllegalArgumentException unexpected(String value, String expected) {
        return new IllegalArgumentException("scope.value: \"" + value + "\" (expected: " + expected + ")");
    }

    /** Written as ids are, since it is compared as text: another form of it would be a budget that counts nothing. */
    private static String keyId(String text) {
        try {
            return ApiKeyId.of(text).toString();
        } catch (IllegalArgumentException notAnId) {
            throw new IllegalArgumentException("scope.value: \"" + text + "\" (expected: the id of a key)", notAnId);
        }
    }

    /** What kind of node. */
    public enum Type {
        WORKSPACE,
        API,
        KEY,
        PROJECT,
        TAG,
        CUSTOMER;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Type ofWireName(String name) {
            return Arrays.stream(values())
                    .filter(type -> type.wireName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "scope.type: " + name + " (expected: workspace, api, key, project, tag or customer)"));
        }
    }
}
