package io.rateguard.domain.price;

import java.util.List;
import java.util.regex.Pattern;

/** Which model names a price of the catalogue is for. */
sealed interface NameRule {

    boolean matches(String name);

    record Equals(String text) implements NameRule {
        @Override
        public boolean matches(String name) {
            return name.equals(text);
        }
    }

    record StartsWith(String text) implements NameRule {
        @Override
        public boolean matches(String name) {
            return name.startsWith(text);
        }
    }

    record EndsWith(String text) implements NameRule {
        @Override
        public boolean matches(String name) {
            return name.endsWith(text);
        }
    }

    record Contains(String text) implements NameRule {
        @Override
        public boolean matches(String name) {
            return name.contains(text);
        }
    }

    record Regex(Pattern pattern) implements NameRule {
        @Override
        public boolean matches(String name) {
            return pattern.matcher(name).find();
        }
    }

    record AnyOf(List<NameRule> rules) implements NameRule {
        @Override
        public boolean matches(String name) {
            return rules.stream().anyMatch(rule -> rule.matches(name));
        }
    }

    record AllOf(List<NameRule> rules) implements NameRule {
        @Override
        public boolean matches(String name) {
            return rules.stream().allMatch(rule -> rule.matches(name));
        }
    }
}
