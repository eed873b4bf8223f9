package io.rateguard.alerts.evaluation;

import io.rateguard.alerts.rule.TimedRule;
import io.rateguard.alerts.rule.WatchedBudget;
import io.rateguard.alerts.rule.WatchedBudgets;
import io.rateguard.alerts.rule.WatchedKeys;
import io.rateguard.analytics.question.Bucket;
import io.rateguard.analytics.question.Figure;
import io.rateguard.analytics.question.GroupBy;
import io.rateguard.analytics.question.Repeats;
import io.rateguard.analytics.question.Repeats.Repeat;
import io.rateguard.analytics.question.Troubles;
import io.rateguard.analytics.question.Troubles.Trouble;
import io.rateguard.analytics.question.UsageHistory;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.analytics.question.UsageRow;
import io.rateguard.analytics.question.UsageRow.Percentiles;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.counters.BudgetLevel;
import io.rateguard.counters.BudgetWindowRef;
import io.rateguard.counters.Counters;
import io.rateguard.domain.alert.AlertKind;
import io.rateguard.domain.budget.BudgetForecast;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Measures what timed rules watch: in the rollups, the events, the live counters and the keys. */
public final class Measures {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final int WEEKS = 4;

    /** Of one percent; shares are counted in these. */
    private static final long THOUSANDTHS = 1_000;

    private static final long WHOLE = 100 * THOUSANDTHS;

    private final UsageHistory usage;
    private final Troubles troubles;
    private final Repeats repeats;
    private final WatchedBudgets budgets;
    private final Levels levels;
    private final WatchedKeys keys;

    public Measures(ClickHouse clickHouse, Counters counters, JdbcClient database) {
        this.usage = new UsageHistory(clickHouse);
        this.troubles = new Troubles(clickHouse);
        this.repeats = new Repeats(clickHouse);
        this.budgets = new WatchedBudgets(database);
        this.levels = new Levels(counters);
        this.keys = new WatchedKeys(database);
    }

    /** Of each subject that has anything to measure in the window that ends then. */
    List<Measure> of(TimedRule rule, Instant end) {
        return switch (rule.kind()) {
            case BUDGET_THRESHOLD -> List.of();
            case FORECAST -> forecasts(rule, end);
            case SPIKE -> spikes(rule, end, UsageRow::costNanos);
            case SURGE -> spikes(rule, end, UsageRow::requests);
            case RUNAWAY -> repeats(rule, end);
            case ERROR_RATE ->
                lately(rule, end, row -> share(row, row.requests() - row.refused(), row.errors(), rule.threshold()));
            case REFUSALS -> lately(rule, end, row -> share(row, row.requests(), row.refused(), rule.threshold()));
            case LATENCY -> lately(rule, end, row -> latency(row, rule.threshold()));
            case UPSTREAM_FAILING -> failing(rule, end);
            case DEGRADED -> counts(rule, end, Trouble::api, Trouble::degraded);
            case UNPRICED -> counts(rule, end, Trouble::model, Trouble::unpriced);
            case KEY_EXPIRING ->
                keys.within(rule, end).stream()
                        .map(key -> new Measure(key.id(), key.name(), 0, key.expiresAtMillis(), 1))
                        .toList();
        };
    }

    private List<Measure> lately(TimedRule rule, Instant end, Function<UsageRow, Measure> measure) {
        return rows(rule, end.minus(rule.window()), end, Bucket.TOTAL).stream()
                .map(measure)
                .toList();
    }

    private List<UsageRow> rows(TimedRule rule, Instant from, Instant to, Bucket bucket) {
        Set<GroupBy> groups = rule.subject().isEmpty() ? Set.of() : Set.of(GroupBy.API);
        return usage
                .ask(
                        rule.workspace(),
                        new UsageQuestion(from, to, bucket, ZoneOffset.UTC, groups)
                                .telling(rule.kind() == AlertKind.LATENCY ? Set.of(Figure.LATENCY) : Set.of()))
                .stream()
                .filter(row -> rule.watches(api(row)))
                .toList();
    }

    private static Measure share(UsageRow row, long volume, long part, int percent) {
        return new Measure(api(row), api(row), volume, volume == 0 ? 0 : WHOLE * part / volume, percent * THOUSANDTHS);
    }

    private static Measure latency(UsageRow row, int millis) {
        Percentiles all = Objects.requireNonNull(row.latencyMillis(), "there is one by API");
        return new Measure(api(row), api(row), row.requests() - row.refused(), Math.round(all.p95()), millis);
    }

    private List<Measure> failing(TimedRule rule, Instant end) {
        Map<String, Long> allowed = sums(rule, end, Trouble::api, Trouble::allowed);
        return sums(rule, end, Trouble::api, Trouble::failed).entrySet().stream()
                .map(each -> {
                    long volume = allowed.getOrDefault(each.getKey(), 0L);
                    long share = volume == 0 ? 0 : WHOLE * each.getValue() / volume;
                    return new Measure(each.getKey(), each.getKey(), volume, share, rule.threshold() * THOUSANDTHS);
                })
                .toList();
    }

    private List<Measure> counts(
            TimedRule rule, Instant end, Function<Trouble, String> subject, ToLongFunction<Trouble> count) {
        return sums(rule, end, subject, count).entrySet().stream()
                .map(each -> new Measure(
                        each.getKey(), each.getKey(), each.getValue(), each.getValue(), Math.max(1, rule.minimum())))
                .toList();
    }

    private Map<String, Long> sums(
            TimedRule rule, Instant end, Function<Trouble, String> subject, ToLongFunction<Trouble> count) {
        Map<String, Long> sums = new LinkedHashMap<>();
        for (Trouble each : troubles.ask(rule.workspace(), end.minus(rule.window()), end)) {
            if (rule.watches(subject.apply(each))) {
                sums.merge(subject.apply(each), count.applyAsLong(each), Long::sum);
            }
        }
        return sums;
    }

    /** Each of the past weeks gives the same window, and those just before and after it. */
    private List<Measure> spikes(TimedRule rule, Instant end, ToLongFunction<UsageRow> what) {
        List<UsageRow> now = rows(rule, end.minus(rule.window()), end, Bucket.TOTAL);
        if (now.isEmpty()) {
            return List.of();
        }
        List<Long> samples = new ArrayList<>();
        for (int week = 1; week <= WEEKS; week++) {
            Instant then = end.minus(WEEK.multipliedBy(week));
            for (int beside = -1; beside <= 1; beside++) {
                Instant to = then.plus(rule.window().multipliedBy(beside));
                samples.add(rows(rule, to.minus(rule.window()), to, Bucket.TOTAL).stream()
                        .mapToLong(what)
                        .sum());
            }
        }
        UsageRow row = now.getFirst();
        return Usual.spikeFrom(samples, rule.threshold()).stream()
                .mapToObj(from -> new Measure(api(row), api(row), row.requests(), what.applyAsLong(row), from))
                .toList();
    }

    private List<Measure> repeats(TimedRule rule, Instant end) {
        // Of keys that sent less than half the minimum it is over, as of those that sent nothing.
        List<Repeat> found =
                repeats.ask(rule.workspace(), end.minus(rule.window()), end, Math.ceilDiv(rule.minimum(), 2));
        Map<UUID, WatchedKeys.Key> watched =
                keys.of(rule, found.stream().map(Repeat::key).toList());
        return found.stream()
                .flatMap(each -> Stream.ofNullable(watched.get(each.key()))
                        .map(key -> new Measure(
                                key.id(),
                                key.name(),
                                each.sent(),
                                WHOLE * each.same() / each.sent(),
                                rule.threshold() * THOUSANDTHS)))
                .toList();
    }

    private List<Measure> forecasts(TimedRule rule, Instant now) {
        List<WatchedBudget> watched = budgets.all().stream()
                .filter(each -> each.workspace().equals(rule.workspace())
                        && rule.watches(each.budget().id().toString()))
                .toList();
        List<BudgetWindowRef> windows = watched.stream()
                .map(each ->
                        new BudgetWindowRef(each.budget().id(), each.budget().windowAt(now)))
                .toList();
        List<BudgetLevel> spent = windows.isEmpty() ? List.of() : levels.of(rule.workspace(), windows);
        List<Measure> measures = new ArrayList<>();
        for (int i = 0; i < spent.size(); i++) {
            WatchedBudget each = watched.get(i);
            Money amount = each.budget().at(now).amount();
            BudgetForecast.atEnd(windows.get(i).window(), spent.get(i).spent(), now.toEpochMilli())
                    .ifPresent(forecast -> measures.add(new Measure(
                            each.budget().id().toString(),
                            each.budget().name(),
                            0,
                            forecast.nanos(),
                            Math.max(1, amount.nanos() / 100 * rule.threshold()))));
        }
        return measures;
    }

    private static String api(UsageRow row) {
        String api = row.api();
        return api == null ? "" : api;
    }
}
