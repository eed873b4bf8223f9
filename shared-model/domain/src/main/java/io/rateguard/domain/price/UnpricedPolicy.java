package io.rateguard.domain.price;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a workspace has decided of requests whose price is not known.
 *
 * @param ceiling what they are charged at; only where the choice is {@link Choice#CEILING}
 */
public record UnpricedPolicy(Choice choice, @Nullable CeilingPrice ceiling) {

    /** What happens to such a request. */
    public enum Choice {
        /** Refused under a strict budget, else let through and marked. */
        DEFAULT,
        /** Refused. */
        BLOCK,
        /** Let through, marked, and charged at a ceiling. */
        CEILING,
        /** Let through and marked. */
        ALLOW;

        /** The name in the database and the management API. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Choice ofWireName(String field, @Nullable String name) {
            return Arrays.stream(values())
                    .filter(choice -> choice.wireName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(field + ": " + name + " (expected: one of "
                            + Arrays.stream(values()).map(Choice::wireName).collect(Collectors.joining(", ")) + ")"));
        }
    }

    public UnpricedPolicy {
        if (choice == Choice.CEILING && ceiling == null) {
            throw new IllegalArgumentException("ceiling: missing (expected: rates for input and output)");
        }
        if (choice != Choice.CEILING && ceiling != null) {
            throw new IllegalArgumentException("ceiling: given (expected: none beside \"" + choice.wireName() + "\")");
        }
    }

    /** As the database keeps it. */
    public static UnpricedPolicy read(String choice, @Nullable String ceiling) {
        return new UnpricedPolicy(
                Choice.ofWireName("unpriced", choice),
                ceiling == null
                        ? null
                        : CeilingPrice.read("ceiling", JsonMapper.shared().readTree(ceiling)));
    }

    /** @param strict whether a strict budget covers the request */
    public boolean blocks(boolean strict) {
        return choice == Choice.BLOCK || (choice == Choice.DEFAULT && strict);
    }
}
