package io.rateguard.console.overview.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.UsageRow.Percentiles;
import io.rateguard.console.overview.Figures.Point;
import io.rateguard.console.overview.Range;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatencyChartTest {

    private static final Steps STEPS = new Steps(Range.DAY, ZoneOffset.UTC);

    @Test
    void namesTheStepThatWasSlowest() {
        List<Point> points = List.of(
                point("2026-11-27T13:00:00Z", new Percentiles(40, 200, 900)),
                point("2026-11-27T14:00:00Z", new Percentiles(35, 400, 1_200)),
                point("2026-11-27T15:00:00Z", null));

        assertThat(LatencyChart.summary(points, STEPS))
                .isEqualTo("Latency of the last 24 hours: slowest at 27 Nov, 14:00, when 99 of 100 requests took"
                        + " 1.2 s or less and half of them 35 ms or less");
    }

    @Test
    void saysThatNothingWasLetThrough() {
        assertThat(LatencyChart.summary(List.of(point("2026-11-27T13:00:00Z", null)), STEPS))
                .isEqualTo("Latency of the last 24 hours: no request was let through");
    }

    private static Point point(String start, Percentiles latency) {
        return new Point(Instant.parse(start), Money.ZERO, 1, Optional.ofNullable(latency));
    }
}
