package io.rateguard.console.budgets;

import io.rateguard.analytics.question.BudgetCourse.Step;
import io.rateguard.console.budgets.Budgets.Level;
import io.rateguard.console.budgets.Budgets.Saved;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetForecast;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.money.Money;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a budget's present window is being spent.
 *
 * @param budget as it counts now
 * @param from when the window began, or the budget was made whose window never ends
 * @param end of the window; null: never
 * @param knownFrom from when on the history still has single requests; what was spent before is in the first point
 * @param points what was spent up to each step, and now
 * @param isLive false while the counters do not answer: the last point is what the history knows
 */
public record Burndown(
        Budget budget,
        Instant from,
        @Nullable Instant end,
        Duration step,
        Instant knownFrom,
        List<Point> points,
        boolean isLive) {

    private static final int MOST_STEPS = 130;
    private static final List<Duration> STEPS = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofDays(1),
            Duration.ofDays(7),
            Duration.ofDays(30),
            Duration.ofDays(365));

    /** What was spent of the window up to an instant. */
    public record Point(Instant at, Money spent) {}

    /** What has to be known of the history first. */
    record Range(Instant from, @Nullable Instant end, Duration step, Instant knownFrom) {

        /** @param kept from when on the history still has single requests */
        static Range of(Saved saved, Instant kept, Instant now) {
            BudgetWindow window = saved.budget().windowAt(now);
            boolean ends = saved.budget().period() != BudgetPeriod.TOTAL;
            Instant from = ends ? Instant.ofEpochMilli(window.startMillis()) : saved.createdAt();
            Instant end = ends ? Instant.ofEpochMilli(window.endMillis()) : null;
            Duration whole = Duration.between(from, end == null ? now : end);
            return new Range(
                    from,
                    end,
                    STEPS.stream()
                            .filter(step -> whole.dividedBy(step) <= MOST_STEPS)
                            .findFirst()
                            .orElse(STEPS.getLast()),
                    kept.isAfter(from) ? kept : from);
        }

        /** Whether more may have been spent than the history tells: before it begins, or before the budget was made. */
        boolean lacksSome(Instant made) {
            return knownFrom.isAfter(from) || !made.isBefore(from);
        }
    }

    /** @param steps what the history says was charged, in the order of time */
    static Burndown of(Saved saved, Range range, List<Step> steps, Instant now) {
        Money recorded = steps.stream().map(Step::charged).reduce(Money.ZERO, Money::plus);
        Level level = saved.level();
        Money spent = level == null ? recorded : level.spent();
        Instant made = saved.createdAt();
        Money before = range.lacksSome(made) && spent.compareTo(recorded) > 0 ? spent.minus(recorded) : Money.ZERO;
        List<Point> points = new ArrayList<>();
        Money sum = Money.ZERO;
        Iterator<Step> rest = steps.iterator();
        Step next = rest.hasNext() ? rest.next() : null;
        for (Instant at = range.from(); at.isBefore(now); at = at.plus(range.step())) {
            while (next != null && next.start().isBefore(at)) {
                sum = sum.plus(next.charged());
                next = rest.hasNext() ? rest.next() : null;
            }
            points.add(new Point(at, at.isBefore(made) ? sum : sum.plus(before)));
        }
        points.add(new Point(now, spent));
        return new Burndown(
                saved.budget().at(now),
                range.from(),
                range.end(),
                range.step(),
                range.knownFrom(),
                points,
                level != null);
    }

    public Point now() {
        return points.getLast();
    }

    /**
     * Each instant at which there is a point, and those at which there will be, to the window's end; the present moment
     * stands for the step that it is in.
     */
    public List<Instant> instants() {
        Stream<Instant> known = points.stream().map(Point::at);
        Instant last = end;
        if (last == null) {
            return known.toList();
        }
        Stream<Instant> toCome = Stream.iterate(from, at -> at.isBefore(last), at -> at.plus(step))
                .filter(at -> !at.minus(step).isBefore(now().at()));
        return Stream.concat(Stream.concat(known, toCome), Stream.of(last)).toList();
    }

    /** What would be spent by then, were it spent evenly; nothing where the window never ends. */
    public Optional<Money> even(Instant at) {
        return between(from, Money.ZERO, at, budget.amount());
    }

    /** What will be spent by then, going on as so far; nothing of the past, and where {@link BudgetForecast} says nothing. */
    public Optional<Money> forecast(Instant at) {
        return at.isBefore(now().at())
                ? Optional.empty()
                : atEnd().flatMap(last -> between(now().at(), now().spent(), at, last));
    }

    public Optional<Money> atEnd() {
        return BudgetForecast.atEnd(
                budget.windowAt(now().at()), now().spent(), now().at().toEpochMilli());
    }

    /** On the straight line from one instant to the window's end. */
    private Optional<Money> between(Instant start, Money first, Instant at, Money last) {
        if (end == null) {
            return Optional.empty();
        }
        BigInteger passed = BigInteger.valueOf(Duration.between(start, at).toMillis());
        BigInteger whole =
                BigInteger.valueOf(Math.max(1, Duration.between(start, end).toMillis()));
        BigInteger more = BigInteger.valueOf(last.minus(first).nanos());
        return Optional.of(
                first.plus(Money.ofNanos(more.multiply(passed).divide(whole).longValueExact())));
    }
}
