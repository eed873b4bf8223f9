package io.rateguard.domain.budget;

import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.limit.RequestFacts;
import java.util.Arrays;
import java.util.Locale;

/** The node a budget stands on. For an API the value is its slug, for a key its id, for a workspace it is empty. */
public record BudgetScope(Type type, String value) {

    public static final BudgetScope WORKSPACE = new BudgetScope(Type.WORKSPACE, "");

    public BudgetScope {
        if ((type == Type.WORKSPACE) != value.isEmpty()) {
            throw new IllegalArgumentException("scope.value: \"" + value + "\" (expected: "
                    + (type == Type.WORKSPACE ? "none for a workspace" : "the " + type.wireName() + "'s name or id")
                    + ")");
        }
        if (type == Type.KEY) {
            value = keyId(value);
        }
    }

    public boolean covers(RequestFacts facts) {
        return switch (type) {
            case WORKSPACE -> true;
            case API -> value.equals(facts.api());
            case KEY -> value.equals(facts.key().toString());
        };
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
        KEY;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Type ofWireName(String name) {
            return Arrays.stream(values())
                    .filter(type -> type.wireName().equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("scope.type: " + name + " (expected: workspace, api or key)"));
        }
    }
}
