package io.rateguard.console.budgets;

import io.rateguard.counters.Hold;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.money.Money;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a budget holds at a moment, and for which requests.
 *
 * @param held in all
 * @param holds the largest first
 * @param isWhole false: there are more of them
 */
public record BudgetHolds(Money held, List<Hold> holds, boolean isWhole) {

    static BudgetHolds of(Money held, Hold.Several several) {
        return new BudgetHolds(
                held,
                several.holds().stream()
                        .sorted(Comparator.comparing(Hold::amount).reversed())
                        .toList(),
                several.isWhole());
    }

    /**
     * What each key's requests hold, the most first.
     *
     * @param key empty: it is not known whose they are
     */
    public record Holder(Optional<ApiKeyId> key, int requests, Money held) {}

    public List<Holder> holders() {
        Map<Optional<ApiKeyId>, List<Hold>> byKey = holds.stream()
                .collect(Collectors.groupingBy(
                        hold -> Optional.ofNullable(hold.key()), LinkedHashMap::new, Collectors.toList()));
        return byKey.entrySet().stream()
                .map(each -> new Holder(
                        each.getKey(),
                        each.getValue().size(),
                        each.getValue().stream().map(Hold::amount).reduce(Money.ZERO, Money::plus)))
                .sorted(Comparator.comparing(Holder::held).reversed())
                .toList();
    }
}
