package io.rateguard.console.overview.ui;

import static java.util.Map.entry;

import com.vaadin.flow.component.html.Div;
import io.rateguard.analytics.question.UsageRow.Percentiles;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.LineChart;
import io.rateguard.console.common.ui.LineChart.Data;
import io.rateguard.console.common.ui.LineChart.Line;
import io.rateguard.console.common.ui.LineChart.Style;
import io.rateguard.console.common.ui.LineChart.Unit;
import io.rateguard.console.common.ui.LineChart.Value;
import io.rateguard.console.overview.Figures.Point;
import io.rateguard.console.overview.Range;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How long requests took that were let through, step by step. */
final class LatencyChart extends Div {

    private final LineChart chart = new LineChart("Latency over time", "latency-chart");

    LatencyChart() {
        add(chart);
    }

    void show(List<Point> points, Range range, ZoneId zone) {
        Steps steps = new Steps(range, zone);
        chart.show(
                new Data(
                        Unit.MILLIS,
                        points.stream().map(steps::of).toList(),
                        List.of(
                                line("p50: half are faster", Style.FIRST, points, Percentiles::p50),
                                line("p95", Style.SECOND, points, Percentiles::p95),
                                line("p99", Style.THIRD, points, Percentiles::p99)),
                        List.of()),
                summary(points, steps));
    }

    /** {@code Latency of the last 24 hours: slowest at 27 Nov, 14:00, when 99 of 100 requests took 1.2 s or less …}. */
    static String summary(List<Point> points, Steps steps) {
        String of = "Latency of the last " + steps.range().words() + ": ";
        return points.stream()
                .flatMap(point -> point.latencyMillis().map(took -> entry(point, took)).stream())
                .max(Comparator.comparingDouble(each -> each.getValue().p99()))
                .map(worst -> of + "slowest at " + steps.of(worst.getKey()).title()
                        + ", when 99 of 100 requests took "
                        + Amounts.millis(worst.getValue().p99())
                        + " or less and half of them "
                        + Amounts.millis(worst.getValue().p50()) + " or less")
                .orElse(of + "no request was let through");
    }

    private static Line line(String name, Style style, List<Point> points, ToDoubleFunction<Percentiles> figure) {
        return new Line(
                name,
                style,
                points.stream()
                        .map(point -> point.latencyMillis()
                                .map(took -> new Value(
                                        figure.applyAsDouble(took), Amounts.millis(figure.applyAsDouble(took)))))
                        .toList());
    }
}
