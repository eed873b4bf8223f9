package io.rateguard.domain.price;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a catalogue that someone hands in may not be: proxies keep all of it in memory and ask its rules on every request,
 * for names that callers choose.
 */
final class ImportCheck {

    private static final int MOST_MODELS = 10_000;
    private static final int MOST_PRICES = 100;
    private static final int MOST_RULES = 200;
    private static final int MOST_RULE_CHARS = 200;
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._-]{1,40}");

    private ImportCheck() {}

    /** @param present whose regular expressions are known to be quick */
    static Catalogue accept(Catalogue catalogue, Catalogue present) {
        if (!VERSION.matcher(catalogue.version()).matches()) {
            throw new IllegalArgumentException("version: " + catalogue.version()
                    + " (expected: letters, digits, dots, dashes and underscores, 40 at most)");
        }
        List<CataloguedModel> models = models(catalogue).toList();
        if (models.isEmpty() || models.size() > MOST_MODELS) {
            throw new IllegalArgumentException(
                    "models: " + models.size() + " (expected: one or more, and " + MOST_MODELS + " at most)");
        }
        Set<String> known =
                models(present).flatMap(model -> expressions(model.match())).collect(Collectors.toUnmodifiableSet());
        models.forEach(model -> check(model, known));
        return catalogue;
    }

    private static void check(CataloguedModel model, Set<String> known) {
        if (model.prices().size() > MOST_PRICES) {
            throw new IllegalArgumentException(
                    model.id() + ": prices: " + model.prices().size() + " (expected: " + MOST_PRICES + " at most)");
        }
        List<String> texts = texts(model.match()).toList();
        if (texts.size() > MOST_RULES) {
            throw new IllegalArgumentException(
                    model.id() + ": match: " + texts.size() + " rules (expected: " + MOST_RULES + " at most)");
        }
        for (String text : texts) {
            if (text.length() > MOST_RULE_CHARS) {
                throw new IllegalArgumentException(model.id() + ": match: a rule of " + text.length()
                        + " characters (expected: " + MOST_RULE_CHARS + " at most)");
            }
        }
        expressions(model.match())
                .filter(expression -> !known.contains(expression))
                .findFirst()
                .ifPresent(foreign -> {
                    throw new IllegalArgumentException(model.id() + ": regex: " + foreign
                            + " (expected: equals, starts_with, ends_with or contains;"
                            + " a regular expression only as the present catalogue has it)");
                });
    }

    private static Stream<CataloguedModel> models(Catalogue catalogue) {
        return catalogue.providers().values().stream().flatMap(List::stream);
    }

    private static Stream<String> texts(NameRule rule) {
        return switch (rule) {
            case NameRule.Equals(String text) -> Stream.of(text);
            case NameRule.StartsWith(String text) -> Stream.of(text);
            case NameRule.EndsWith(String text) -> Stream.of(text);
            case NameRule.Contains(String text) -> Stream.of(text);
            case NameRule.Regex(Pattern pattern) -> Stream.of(pattern.pattern());
            case NameRule.AnyOf(List<NameRule> rules) -> rules.stream().flatMap(ImportCheck::texts);
            case NameRule.AllOf(List<NameRule> rules) -> rules.stream().flatMap(ImportCheck::texts);
        };
    }

    private static Stream<String> expressions(NameRule rule) {
        return switch (rule) {
            case NameRule.Regex(Pattern pattern) -> Stream.of(pattern.pattern());
            case NameRule.AnyOf(List<NameRule> rules) -> rules.stream().flatMap(ImportCheck::expressions);
            case NameRule.AllOf(List<NameRule> rules) -> rules.stream().flatMap(ImportCheck::expressions);
            case NameRule.Equals _, NameRule.StartsWith _, NameRule.EndsWith _, NameRule.Contains _ -> Stream.of();
        };
    }
}
