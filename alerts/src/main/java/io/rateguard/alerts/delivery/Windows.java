package io.rateguard.alerts.delivery;

import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.limit.Partition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A budget's window in words, by its name: what it was called when it was counted. */
final class Windows {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);

    private Windows() {}

    static String name(BudgetWindow window) {
        String name = window.run();
        if (isEndless(window)) {
            return "All time";
        }
        return switch (name.charAt(0)) {
            case 'w' -> "Week of " + DAY.format(LocalDate.parse(name.substring(1)));
            case 'm' -> "Month from " + DAY.format(LocalDate.parse(name.substring(1)));
            case 'q' ->
                name.length() == "q2026-11".length()
                        ? quarter(LocalDate.parse(name.substring(1) + "-01"))
                        : "Quarter from " + DAY.format(LocalDate.parse(name.substring(1)));
            default ->
                name.length() == "2026-11".length()
                        ? MONTH.format(LocalDate.parse(name + "-01"))
                        : DAY.format(LocalDate.parse(name));
        };
    }

    /** What is counted in it: {@code customer acme}; nothing where a budget counts all of its requests together. */
    static String counted(BudgetWindow window, List<Partition> per) {
        List<String> values = window.values();
        if (values.size() != per.size()) {
            return per.isEmpty() ? "" : "one " + words(per, partition -> "") + " with a long or unusual name";
        }
        Iterator<String> each = values.iterator();
        return words(per, partition -> {
            String value = each.next();
            return " " + (value.isEmpty() ? "(none)" : value);
        });
    }

    private static String words(List<Partition> per, Function<Partition, String> value) {
        return per.stream()
                .map(partition -> (partition instanceof Partition.Tag tag ? tag.name() : partition.wireName())
                        + value.apply(partition))
                .collect(Collectors.joining(", "));
    }

    static String reset(BudgetWindow window, ZoneId zone) {
        if (isEndless(window)) {
            return "Never";
        }
        return at(Instant.ofEpochMilli(window.endMillis()), zone);
    }

    static String at(Instant time, ZoneId zone) {
        return INSTANT.format(time.atZone(zone)) + " (" + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId()) + ")";
    }

    static boolean isEndless(BudgetWindow window) {
        return window.endMillis() >= BudgetWindow.NEVER_ENDS;
    }

    private static String quarter(LocalDate first) {
        return "Q" + first.get(IsoFields.QUARTER_OF_YEAR) + " " + first.getYear();
    }
}
