package io.rateguard.domain.price;

import io.rateguard.domain.text.PrintableText;
import java.math.BigDecimal;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The fields of a price file, or a complaint that names the field, its value and what was expected. */
final class Fields {

    /** Far more than any price has; what has more would only cost time and memory. */
    private static final int DIGITS = 50;

    private Fields() {}

    static JsonNode list(JsonNode node, String field) {
        JsonNode list = node.path(field);
        if (!list.isArray()) {
            throw new IllegalArgumentException(field + ": " + list + " (expected: a list)");
        }
        return list;
    }

    static JsonNode object(String field, JsonNode object) {
        if (!object.isObject()) {
            throw new IllegalArgumentException(field + ": " + object + " (expected: an object)");
        }
        return object;
    }

    /** Refuses an object that says more than is read of it. */
    static void only(String field, JsonNode object, Set<String> known) {
        for (String name : object(field, object).propertyNames()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(field + ": " + name + " (expected: " + names(known) + ")");
            }
        }
    }

    static String text(JsonNode node, String field) {
        JsonNode text = node.path(field);
        if (!text.isString()) {
            throw new IllegalArgumentException(field + ": " + text + " (expected: a text)");
        }
        return PrintableText.require(field, text.stringValue());
    }

    static long wholeNumber(JsonNode node, String field) {
        JsonNode number = node.path(field);
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 1) {
            throw new IllegalArgumentException(field + ": " + number + " (expected: a whole number above 0)");
        }
        return number.longValue();
    }

    /** A decimal from 0 up, written as a number or as a text. */
    static BigDecimal amount(String field, JsonNode value) {
        try {
            if (value.isNumber() || value.isString()) {
                BigDecimal amount = new BigDecimal(value.asString());
                if (amount.signum() >= 0 && amount.precision() <= DIGITS && Math.abs((long) amount.scale()) <= DIGITS) {
                    return amount;
                }
            }
        } catch (NumberFormatException notADecimal) {
            // Said below.
        }
        throw new IllegalArgumentException(field + ": " + value + " (expected: a decimal, 0 or more)");
    }

    private static String names(Set<String> known) {
        return known.stream().sorted().collect(Collectors.joining(", "));
    }
}
