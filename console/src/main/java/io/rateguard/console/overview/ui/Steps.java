package io.rateguard.console.overview.ui;

import io.rateguard.console.common.ui.LineChart.Step;
import io.rateguard.console.overview.Figures.Point;
import io.rateguard.console.overview.Range;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How the steps of a chart are called. */
record Steps(Range range, ZoneId zone) {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_AND_HOUR = DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);

    Step of(Point point) {
        ZonedDateTime start = point.start().atZone(zone);
        return range == Range.DAY
                ? new Step(HOUR.format(start), DAY_AND_HOUR.format(start))
                : new Step(DAY.format(start), DAY.format(start));
    }
}
