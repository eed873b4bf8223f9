package io.rateguard.console.overview.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.overview.Figures.Point;
import io.rateguard.console.overview.Range;
import io.rateguard.domain.money.Money;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Spend over time as bars; for readers it is one picture with a sentence that sums it up. */
@Tag("spend-chart")
@NpmPackage(value = "echarts", version = "6.1.0")
@JsModule("./components/spend-chart.ts")
final class SpendChart extends Component {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_AND_HOUR = DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);
    private static final int NANO_DIGITS = 9;

    SpendChart() {
        getElement().setAttribute("role", "img");
        getElement().setAttribute("data-testid", "spend-chart");
    }

    void show(List<Point> points, Range range, ZoneId zone) {
        ArrayNode bars = JsonNodeFactory.instance.arrayNode();
        for (Point point : points) {
            bars.addObject()
                    .put("label", (range == Range.DAY ? HOUR : DAY).format(at(point, zone)))
                    .put("title", (range == Range.DAY ? DAY_AND_HOUR : DAY).format(at(point, zone)))
                    .put(
                            "usd",
                            BigDecimal.valueOf(point.spent().nanos(), NANO_DIGITS)
                                    .doubleValue())
                    .put("spent", Amounts.dollars(point.spent()))
                    .put("requests", Amounts.count(point.requests(), "request"));
        }
        getElement().setPropertyJson("bars", bars);
        getElement().setAttribute("aria-label", summary(points, range, zone));
    }

    static String summary(List<Point> points, Range range, ZoneId zone) {
        Money total = points.stream().map(Point::spent).reduce(Money.ZERO, Money::plus);
        String spent = "Spend of the last " + range.words() + ": " + Amounts.dollars(total) + " in all";
        return points.stream()
                .max(Comparator.comparing(Point::spent))
                .filter(most -> most.spent().nanos() > 0)
                .map(most -> spent + ", the most at " + (range == Range.DAY ? DAY_AND_HOUR : DAY).format(at(most, zone))
                        + " with " + Amounts.dollars(most.spent()))
                .orElse(spent);
    }

    private static ZonedDateTime at(Point point, ZoneId zone) {
        return point.start().atZone(zone);
    }
}
