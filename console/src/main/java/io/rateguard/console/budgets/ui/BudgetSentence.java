package io.rateguard.console.budgets.ui;

import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.PartitionWords;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetForecast;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.budget.Increase;
import io.rateguard.domain.budget.Throttle;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A budget in plain words. */
final class BudgetSentence {

    private BudgetSentence() {}

    /** {@code a month}, {@code a month for each customer}. */
    static String every(Budget budget) {
        String each = PartitionWords.each(budget.per());
        return every(budget.period()) + (each.isEmpty() ? "" : " for " + each);
    }

    /** @param keyName what people call the key of this id */
    static String rule(Budget budget, Instant now, UnaryOperator<String> keyName) {
        Moments moments = new Moments(budget.zone());
        List<String> parts = new ArrayList<>();
        parts.add(scope(budget.scope(), keyName));
        parts.add(renewal(budget, now, moments));
        parts.add(enforcement(budget));
        budget.ladder().throttles().forEach(throttle -> parts.add(throttle(throttle)));
        for (Increase increase : budget.increases()) {
            parts.add("Includes " + Amounts.dollars(increase.amount()) + " until " + moments.full(increase.until()));
        }
        return String.join(" · ", parts);
    }

    /** {@code Every month}. */
    static String renewal(BudgetPeriod period) {
        return switch (period) {
            case DAY -> "Every day";
            case WEEK -> "Every week";
            case MONTH -> "Every month";
            case QUARTER -> "Every quarter";
            case TOTAL -> "Never";
        };
    }

    /**
     * {@code At this pace $120.00 when it starts anew; all of it is spent by 24 Nov 2026.}; nothing where nothing can be
     * said yet.
     *
     * @param budget as it counts now
     */
    static Optional<String> pace(Budget budget, Money spent, Instant now) {
        Moments moments = new Moments(budget.zone());
        BudgetWindow window = budget.windowAt(now);
        return BudgetForecast.atEnd(window, spent, now.toEpochMilli())
                .map(end -> "At this pace " + Amounts.dollars(end) + " when it starts anew"
                        + BudgetForecast.spentAt(window, budget.amount(), spent, now.toEpochMilli())
                                .map(at -> "; all of it is spent by " + soon(at, now, moments))
                                .orElse("")
                        + ".");
    }

    /** The time of today, the day later on. */
    private static String soon(Instant at, Instant now, Moments moments) {
        String day = moments.day(at);
        return day.equals(moments.day(now)) ? moments.time(at) : day;
    }

    private static String renewal(Budget budget, Instant now, Moments moments) {
        return budget.period() == BudgetPeriod.TOTAL
                ? "Never starts anew"
                : "Starts anew on "
                        + moments.day(Instant.ofEpochMilli(budget.windowAt(now).endMillis())) + " (" + budget.zone()
                        + ")";
    }

    private static String scope(BudgetScope scope, UnaryOperator<String> keyName) {
        return switch (scope.type()) {
            case WORKSPACE -> "Whole workspace";
            case API -> "API " + scope.value();
            case KEY -> "Key " + keyName.apply(scope.value());
            case PROJECT -> "Project " + scope.value();
            case TAG -> "Tag " + scope.tagName() + " " + scope.tagValue();
            case CUSTOMER -> "Customer " + scope.value();
        };
    }

    private static String enforcement(Budget budget) {
        if (!budget.shutoff()) {
            return "Counts, but does not refuse";
        }
        return switch (budget.estimate()) {
            case STRICT -> "Strict: holds the most a request can cost, so it is never overspent";
            case ELASTIC -> "Elastic: holds what a request will likely cost";
        };
    }

    private static String throttle(Throttle throttle) {
        String share = "From " + throttle.percent() + " % on limits fall to " + throttle.toPercent() + " %";
        return throttle.requestsPerMinute().isEmpty()
                ? share
                : share + ", and where there is none, "
                        + Amounts.count(throttle.requestsPerMinute().getAsLong(), "request") + " a minute can pass";
    }

    private static String every(BudgetPeriod period) {
        return switch (period) {
            case DAY -> "a day";
            case WEEK -> "a week";
            case MONTH -> "a month";
            case QUARTER -> "a quarter";
            case TOTAL -> "in total";
        };
    }
}
