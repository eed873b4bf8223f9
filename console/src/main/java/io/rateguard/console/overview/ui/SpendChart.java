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
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Spend over time as bars; for readers it is one picture with a sentence that sums it up. */
@Tag("spend-chart")
@NpmPackage(value = "echarts", version = "6.1.0")
@JsModule("./components/spend-chart.ts")
final class SpendChart extends Component {

    private static final int NANO_DIGITS = 9;

    SpendChart() {
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", "Spend over time: not known yet");
        getElement().setAttribute("data-testid", "spend-chart");
    }

    void show(List<Point> points, Range range, ZoneId zone) {
        ArrayNode bars = JsonNodeFactory.instance.arrayNode();
        Steps steps = new Steps(range, zone);
        for (Point point : points) {
            bars.addObject()
                    .put("label", steps.of(point).label())
                    .put("title", steps.of(point).title())
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
                .map(most -> spent + ", the most at "
                        + new Steps(range, zone).of(most).title() + " with " + Amounts.dollars(most.spent()))
                .orElse(spent);
    }
}
