package io.rateguard.counters;

import io.rateguard.domain.limit.Limit;
import io.rateguard.domain.money.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The fixed-length list of texts that a script answers with. */
record Reply(List<Object> values) {

    String text(int index) {
        return (String) values.get(index);
    }

    List<String> texts(int from, int to) {
        return values.subList(from, to).stream().map(String.class::cast).toList();
    }

    long number(int index) {
        return Long.parseLong(text(index));
    }

    /** A span that a script counts in a limit's ticks, in milliseconds; it says -1 for never. */
    long millis(int index, Limit limit) {
        return millis(number(index), limit);
    }

    static long millis(long ticks, Limit limit) {
        return ticks < 0 ? Long.MAX_VALUE : ticks * limit.tickMillis();
    }

    LimitLevel limitLevel(int index, Limit limit) {
        return new LimitLevel(number(index), millis(index + 1, limit));
    }

    List<BudgetLevel> budgetLevels(int from, int count) {
        List<BudgetLevel> levels = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            levels.add(budgetLevel(from + 2 * i));
        }
        return levels;
    }

    BudgetLevel budgetLevel(int index) {
        return new BudgetLevel(Money.ofNanos(number(index)), Money.ofNanos(number(index + 1)));
    }

    /** Numbers separated by spaces, or none. */
    long[] numbers(int index) {
        String text = text(index);
        return text.isEmpty()
                ? new long[0]
                : Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
