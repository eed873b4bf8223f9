package io.rateguard.console.overview;

import static java.util.Objects.requireNonNull;

import io.rateguard.analytics.question.Bucket;
import io.rateguard.analytics.question.Figure;
import io.rateguard.analytics.question.GroupBy;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.analytics.question.UsageRow;
import io.rateguard.analytics.question.UsageRow.Percentiles;
import io.rateguard.console.common.Before;
import io.rateguard.console.common.Patience;
import io.rateguard.console.common.Shared;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.overview.Figures.Point;
import io.rateguard.console.overview.Figures.Ranked;
import io.rateguard.console.overview.Figures.Traffic;
import io.rateguard.console.requests.Exports;
import io.rateguard.console.requests.Requests;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.money.Money;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Asks the rollups for the figures of a workspace. */
@Service
public class Overview {

    private static final int SHOWN = 5;

    private final Requests requests;
    private final Exports exports;
    private final Keys keys;
    private final Access access;
    private final Clock clock;
    private final Shared<Wanted, Figures> figures;
    private final Shared<Workspace, Earlier> earlier;

    Overview(Requests requests, Exports exports, Keys keys, Access access, Clock clock) {
        this.requests = requests;
        this.exports = exports;
        this.keys = keys;
        this.access = access;
        this.clock = clock;
        this.figures = new Shared<>(clock, (wanted, now) -> ask(wanted.workspace(), wanted.range(), now));
        this.earlier = new Shared<>(clock, this::askEarlier);
    }

    /**
     * Figures that count at least what was in the history at an instant, unless older ones are being made: then those. It fails
     * when it takes longer than a screen should wait.
     */
    public CompletableFuture<Figures> read(Workspace workspace, Range range, Instant since) {
        access.require(workspace.id(), Action.READ);
        return figures.read(new Wanted(workspace, range), since);
    }

    private record Wanted(Workspace workspace, Range range) {}

    /**
     * As much of yesterday, of last month, and of the 24 hours before the last ones as has passed of the present ones; as of half a
     * minute ago at most.
     */
    public CompletableFuture<Earlier> earlier(Workspace workspace) {
        access.require(workspace.id(), Action.READ);
        return earlier.read(workspace, Instant.EPOCH);
    }

    private Earlier askEarlier(Workspace workspace, Instant now) {
        ZoneId zone = workspace.zone();
        LocalDate today = now.atZone(zone).toLocalDate();
        Instant day = today.atStartOfDay(zone).toInstant();
        Instant month = today.withDayOfMonth(1).atStartOfDay(zone).toInstant();
        return new Earlier(
                spent(workspace, Before.days(1, day, zone), Before.days(1, now, zone)),
                spent(workspace, Before.month(month, zone), Before.month(now, zone)),
                traffic(total(
                        workspace,
                        now.minus(Duration.ofHours(48)),
                        now.minus(Duration.ofHours(24)),
                        Set.of(Figure.LATENCY))));
    }

    private Money spent(Workspace workspace, Instant from, Instant to) {
        return total(workspace, from, to, Set.of())
                .map(row -> Money.ofNanos(row.costNanos()))
                .orElse(Money.ZERO);
    }

    private Optional<UsageRow> total(Workspace workspace, Instant from, Instant to, Set<Figure> figures) {
        return from.isBefore(to)
                ? ask(workspace, from, to, Bucket.TOTAL, figures).stream().findFirst()
                : Optional.empty();
    }

    /** What the chart and the rankings are made of, as CSV. */
    public void export(Workspace workspace, Range range, HttpServletResponse response) throws IOException {
        Instant now = clock.instant();
        exports.usage(
                workspace,
                new UsageQuestion(
                        range.steps(now, workspace.zone()).getFirst(),
                        now,
                        range.bucket(),
                        workspace.zone(),
                        Set.of(GroupBy.API, GroupBy.KEY, GroupBy.MODEL)),
                response);
    }

    private Figures ask(Workspace workspace, Range range, Instant now) {
        Instant end = now.plusSeconds(60);
        List<Instant> days = Range.MONTH.steps(now, workspace.zone());
        Instant month = Instant.ofEpochMilli(
                BudgetPeriod.MONTH.windowAt(now, workspace.zone()).startMillis());
        Instant earliest = month.isBefore(days.getFirst()) ? month : days.getFirst();
        List<Instant> steps = range.steps(now, workspace.zone());
        Set<Figure> ofDays = range == Range.MONTH ? Set.of(Figure.LATENCY) : Set.of();
        // Before the rest is asked, so that everything up to then is in it.
        Optional<Instant> upTo = requests.upTo(workspace.id());
        var askedByDay = atOnce(() -> ask(workspace, earliest, end, Bucket.DAY, ofDays));
        var askedLastDay =
                atOnce(() -> ask(workspace, now.minus(Duration.ofDays(1)), end, Bucket.TOTAL, Set.of(Figure.LATENCY)));
        var askedChart = range == Range.MONTH
                ? askedByDay
                : atOnce(() -> ask(workspace, steps.getFirst(), end, range.bucket(), Set.of(Figure.LATENCY)));
        var askedApis = atOnce(() -> ranked(workspace, steps.getFirst(), end, GroupBy.API, UsageRow::api));
        var askedKeys = atOnce(() -> rankedKeys(workspace, steps.getFirst(), end));
        var askedModels = atOnce(() -> ranked(workspace, steps.getFirst(), end, GroupBy.MODEL, UsageRow::model));
        CompletableFuture.allOf(askedByDay, askedLastDay, askedChart, askedApis, askedKeys, askedModels)
                .join();
        List<UsageRow> byDay = askedByDay.join();
        Money spentThisMonth = spentSince(byDay, month);
        return new Figures(
                now,
                spentSince(byDay, days.getLast()),
                spentThisMonth,
                Forecast.monthEnd(
                        spentThisMonth, wholeDays(byDay, month, now, workspace.zone()), now, workspace.zone()),
                traffic(askedLastDay.join().stream().findFirst()),
                points(steps, askedChart.join()),
                askedApis.join(),
                askedKeys.join(),
                askedModels.join(),
                upTo,
                !byDay.isEmpty());
    }

    /** All of them have ended before their figures are used or one's failure is told. */
    private static <T> CompletableFuture<T> atOnce(Supplier<T> question) {
        return Patience.beside("overview", question);
    }

    private List<UsageRow> ask(Workspace workspace, Instant from, Instant to, Bucket bucket, Set<Figure> figures) {
        return requests.usage(
                workspace.id(), new UsageQuestion(from, to, bucket, workspace.zone(), Set.of()).telling(figures));
    }

    private static Traffic traffic(Optional<UsageRow> total) {
        return total.map(row -> {
                    Percentiles millis = requireNonNull(row.latencyMillis());
                    return new Traffic(row.requests(), row.refused(), row.errors(), millis.p50(), millis.p95());
                })
                .orElse(Traffic.NONE);
    }

    private static Money spentSince(List<UsageRow> byDay, Instant start) {
        return Money.ofNanos(byDay.stream()
                .filter(row -> !row.time().isBefore(start))
                .mapToLong(UsageRow::costNanos)
                .reduce(0, Math::addExact));
    }

    /** What each day that is over has spent, from one on; the quiet ones too. */
    static List<Money> wholeDays(List<UsageRow> byDay, Instant from, Instant now, ZoneId zone) {
        List<Instant> days = from.atZone(zone)
                .toLocalDate()
                .datesUntil(now.atZone(zone).toLocalDate())
                .map(day -> day.atStartOfDay(zone).toInstant())
                .toList();
        return points(days, byDay).stream().map(Point::spent).toList();
    }

    /** Every step has its point, the quiet ones too. */
    static List<Point> points(List<Instant> steps, List<UsageRow> rows) {
        Map<Instant, UsageRow> byStart = rows.stream().collect(Collectors.toMap(UsageRow::time, Function.identity()));
        return steps.stream()
                .map(step -> {
                    UsageRow row = byStart.get(step);
                    return row == null
                            ? new Point(step, Money.ZERO, 0, Optional.empty())
                            : new Point(step, Money.ofNanos(row.costNanos()), row.requests(), latency(row));
                })
                .toList();
    }

    private static Optional<Percentiles> latency(UsageRow row) {
        return row.requests() == row.refused() ? Optional.empty() : Optional.ofNullable(row.latencyMillis());
    }

    private List<Ranked> ranked(
            Workspace workspace, Instant from, Instant to, GroupBy group, Function<UsageRow, @Nullable String> name) {
        return dearest(workspace, from, to, group)
                .filter(row -> row.costNanos() > 0 || name.apply(row) != null)
                .limit(SHOWN)
                .map(row -> {
                    String known = name.apply(row);
                    return new Ranked(
                            known == null ? "none" : known, null, Money.ofNanos(row.costNanos()), row.requests());
                })
                .toList();
    }

    private List<Ranked> rankedKeys(Workspace workspace, Instant from, Instant to) {
        List<UsageRow> dearest = dearest(workspace, from, to, GroupBy.KEY)
                .filter(row -> row.costNanos() > 0 || row.key() != null)
                .limit(SHOWN)
                .toList();
        Map<ApiKeyId, Keys.Named> names = keys.named(
                workspace.id(),
                dearest.stream().map(UsageRow::key).filter(Objects::nonNull).toList());
        return dearest.stream()
                .map(row -> new Ranked(
                        row.key() == null ? "none" : nameOf(row.key(), names),
                        row.key(),
                        Money.ofNanos(row.costNanos()),
                        row.requests()))
                .toList();
    }

    private static String nameOf(ApiKeyId key, Map<ApiKeyId, Keys.Named> names) {
        Keys.Named known = names.get(key);
        return known == null ? key.toString() : known.name();
    }

    /** By money, then by use; one more than is shown, as what has no name is left out where it cost nothing. */
    private Stream<UsageRow> dearest(Workspace workspace, Instant from, Instant to, GroupBy group) {
        return requests
                .usage(
                        workspace.id(),
                        new UsageQuestion(from, to, Bucket.TOTAL, workspace.zone(), Set.of(group))
                                .withTop(SHOWN + 1)
                                .telling(Set.of()))
                .stream();
    }
}
