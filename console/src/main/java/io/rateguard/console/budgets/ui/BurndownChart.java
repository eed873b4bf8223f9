package io.rateguard.console.budgets.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.rateguard.console.budgets.Burndown;
import io.rateguard.console.budgets.Burndown.Point;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.LineChart;
import io.rateguard.console.common.ui.LineChart.Data;
import io.rateguard.console.common.ui.LineChart.Line;
import io.rateguard.console.common.ui.LineChart.Mark;
import io.rateguard.console.common.ui.LineChart.Step;
import io.rateguard.console.common.ui.LineChart.Style;
import io.rateguard.console.common.ui.LineChart.Unit;
import io.rateguard.console.common.ui.LineChart.Value;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a budget's window is being spent, beside spending it evenly, and where that leads. */
final class BurndownChart extends Div {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);
    private static final int NANO_DIGITS = 9;

    BurndownChart(Burndown burndown) {
        LineChart chart = new LineChart("Spent over time", "burndown");
        chart.show(data(burndown), summary(burndown));
        add(chart);
        if (burndown.knownFrom().isAfter(burndown.from())) {
            add(new Paragraph("The history begins on "
                    + DAY.format(burndown.knownFrom().atZone(burndown.budget().zone()))
                    + ": what was spent before stands at the beginning."));
        }
        if (!burndown.isLive()) {
            add(new Paragraph("The live counters do not answer: the last figure is what the history knows."));
        }
    }

    /** {@code $12.00 of $50.00 is spent, $20.00 were it spent evenly; at this pace $31.00 at the end.} */
    static String summary(Burndown burndown) {
        Budget budget = burndown.budget();
        Point now = burndown.now();
        return Amounts.dollars(now.spent()) + " of " + Amounts.dollars(budget.amount()) + " is spent"
                + burndown.even(now.at())
                        .map(even -> "; spent evenly it would be " + Amounts.dollars(even))
                        .orElse("")
                + burndown.atEnd()
                        .map(end -> "; at this pace it is " + Amounts.dollars(end) + " at the end")
                        .orElse("")
                + ".";
    }

    private static Data data(Burndown burndown) {
        List<Instant> instants = burndown.instants();
        Map<Instant, Money> spent =
                burndown.points().stream().collect(Collectors.toMap(Point::at, Point::spent, (before, now) -> now));
        Budget budget = burndown.budget();
        List<Line> lines = new ArrayList<>();
        lines.add(line("Spent", Style.FIRST, instants, at -> Optional.ofNullable(spent.get(at))));
        if (burndown.atEnd().isPresent()) {
            lines.add(line("At this pace", Style.FORECAST, instants, burndown::forecast));
        }
        if (burndown.end() != null) {
            // The present moment stands where its step ends, so the straight line passes it by.
            lines.add(line(
                    "Spent evenly",
                    Style.EVEN,
                    instants,
                    at -> at.equals(burndown.now().at()) ? Optional.empty() : burndown.even(at)));
        }
        lines.add(line("Budget", Style.BOUND, instants, at -> Optional.of(budget.amount())));
        return new Data(Unit.DOLLARS, steps(burndown, instants), lines, marks(budget));
    }

    private static Line line(
            String name, Style style, List<Instant> instants, Function<Instant, Optional<Money>> money) {
        return new Line(
                name,
                style,
                instants.stream()
                        .map(at -> money.apply(at).map(amount -> new Value(usd(amount), "$" + amount.usd())))
                        .toList());
    }

    private static List<Step> steps(Burndown burndown, List<Instant> instants) {
        boolean isShort =
                Duration.between(instants.getFirst(), instants.getLast()).compareTo(Duration.ofDays(2)) <= 0;
        return instants.stream()
                .map(at -> at.atZone(burndown.budget().zone()))
                .map(at -> new Step((isShort ? TIME : DAY).format(at), DAY_AND_TIME.format(at)))
                .toList();
    }

    /** Where it tells somebody or slows down; all of it is a line of its own. */
    private static List<Mark> marks(Budget budget) {
        return Stream.concat(
                        budget.ladder().alertPercents().stream(),
                        budget.ladder().throttles().stream().map(throttle -> throttle.percent()))
                .filter(percent -> percent != 100)
                .distinct()
                .sorted()
                .map(percent -> new Mark(percent + " %", usd(budget.amount()) * percent / 100))
                .toList();
    }

    private static double usd(Money money) {
        return BigDecimal.valueOf(money.nanos(), NANO_DIGITS).doubleValue();
    }
}
