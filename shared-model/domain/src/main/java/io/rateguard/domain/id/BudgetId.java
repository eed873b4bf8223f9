package io.rateguard.domain.id;

import java.util.UUID;

/** A budget. */
public record BudgetId(UUID value) {

    public static BudgetId of(String text) {
        return new BudgetId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
