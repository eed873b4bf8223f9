package io.rateguard.domain.price;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@link NameRule}s as JSON: {@code {"or": [{"equals": "gpt-4o"}, {"starts_with": "gpt-4o-20"}]}}. */
final class NameRules {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private NameRules() {}

    static NameRule read(JsonNode node) {
        if (!node.isObject() || node.size() != 1) {
            throw new IllegalArgumentException("match: " + node + " (expected: one rule)");
        }
        String kind = node.propertyNames().iterator().next();
        return switch (kind) {
            case "equals" -> new NameRule.Equals(Fields.text(node, kind));
            case "starts_with" -> new NameRule.StartsWith(Fields.text(node, kind));
            case "ends_with" -> new NameRule.EndsWith(Fields.text(node, kind));
            case "contains" -> new NameRule.Contains(Fields.text(node, kind));
            case "regex" -> new NameRule.Regex(pattern(Fields.text(node, kind)));
            case "or" -> new NameRule.AnyOf(rules(node, kind));
            case "and" -> new NameRule.AllOf(rules(node, kind));
            default ->
                throw new IllegalArgumentException(
                        "match: " + kind + " (expected: equals, starts_with, ends_with, contains, regex, or, and)");
        };
    }

    static ObjectNode write(NameRule rule) {
        return switch (rule) {
            case NameRule.Equals(String text) -> text("equals", text);
            case NameRule.StartsWith(String text) -> text("starts_with", text);
            case NameRule.EndsWith(String text) -> text("ends_with", text);
            case NameRule.Contains(String text) -> text("contains", text);
            case NameRule.Regex(Pattern pattern) -> text("regex", pattern.pattern());
            case NameRule.AnyOf(List<NameRule> rules) -> list("or", rules);
            case NameRule.AllOf(List<NameRule> rules) -> list("and", rules);
        };
    }

    private static List<NameRule> rules(JsonNode node, String kind) {
        JsonNode list = Fields.list(node, kind);
        if (list.isEmpty()) {
            throw new IllegalArgumentException(kind + ": [] (expected: one rule or more)");
        }
        return list.valueStream().map(NameRules::read).toList();
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException("regex: " + regex + " (expected: a regular expression)", wrong);
        }
    }

    private static ObjectNode text(String kind, String text) {
        return JSON.objectNode().put(kind, text);
    }

    private static ObjectNode list(String kind, List<NameRule> rules) {
        ObjectNode node = JSON.objectNode();
        node.putArray(kind).addAll(rules.stream().map(NameRules::write).toList());
        return node;
    }
}
