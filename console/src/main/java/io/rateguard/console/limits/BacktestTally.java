package io.rateguard.console.limits;

import io.rateguard.analytics.question.PassedRequests.Passed;
import io.rateguard.console.limits.Backtested.Counts;
import io.rateguard.console.limits.Backtested.Part;
import io.rateguard.console.limits.Backtested.Whose;
import io.rateguard.domain.api.UpstreamPath;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.key.KeyLines;
import io.rateguard.domain.limit.Backtest;
import io.rateguard.domain.limit.Backtest.Answer;
import io.rateguard.domain.limit.Backtest.Past;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.RequestFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** Sums up what a backtest says to one request after the other, as far as it can be asked. */
final class BacktestTally {

    private static final int MOST_NAMED = 20;
    private static final int FIRST = 10;
    private static final int MOST_PARTS = 60;
    private static final List<Duration> PARTS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1));

    private final LimitRule rule;
    private final KeyLines lines;
    private final Instant from;
    private final Instant to;
    private final long partMillis;
    private final Backtest backtest;
    private final Map<String, Counts> counters = new HashMap<>();
    private final Map<Long, Counts> parts = new HashMap<>();
    private final List<RequestId> first = new ArrayList<>();
    private Counts all = Counts.NONE;
    private Instant until;
    private int left;

    /** @param most so many requests are looked at */
    BacktestTally(LimitRule rule, KeyLines lines, Instant from, Instant to, int most) {
        this.rule = rule;
        this.lines = lines;
        this.from = from;
        this.to = to;
        this.until = to;
        this.left = most;
        this.partMillis = part(Duration.between(from, to)).toMillis();
        this.backtest = new Backtest(rule);
    }

    void look(Passed passed) {
        if (until.isBefore(to)) {
            return;
        }
        RequestFacts facts = facts(passed);
        Answer answer = left-- == 0
                ? Answer.TOO_MUCH
                : backtest.ask(new Past(
                        passed.id(),
                        facts,
                        passed.atMillis(),
                        passed.endedAtMillis(),
                        rule.amountOf(passed.usage(), passed.cost())));
        switch (answer) {
            case NOT_WATCHED -> {}
            case PASSES -> count(passed, facts, false);
            case REFUSED -> count(passed, facts, true);
            case TOO_MUCH -> until = Instant.ofEpochMilli(passed.atMillis());
        }
    }

    Backtested result() {
        List<Whose> whose = counters.entrySet().stream()
                .filter(each -> each.getValue().refused() > 0)
                .sorted(Comparator.<Entry<String, Counts>>comparingLong(
                                each -> -each.getValue().refused())
                        .thenComparing(Entry::getKey))
                .limit(MOST_NAMED)
                .map(each -> new Whose(values(each.getKey()), each.getValue()))
                .toList();
        List<Part> when = new ArrayList<>();
        for (long at = 0; from.plusMillis(at * partMillis).isBefore(until); at++) {
            when.add(new Part(from.plusMillis(at * partMillis), parts.getOrDefault(at, Counts.NONE)));
        }
        return new Backtested(rule, from, to, until, all, whose, when, first);
    }

    private void count(Passed passed, RequestFacts facts, boolean refused) {
        Counts one = Counts.one(refused, passed.cost());
        all = all.plus(one);
        counters.merge(Partition.of(rule.per(), facts), one, Counts::plus);
        parts.merge((passed.atMillis() - from.toEpochMilli()) / partMillis, one, Counts::plus);
        if (refused && first.size() < FIRST) {
            first.add(passed.id());
        }
    }

    private List<String> values(String partition) {
        return rule.per().isEmpty() ? List.of() : Partition.valuesOf(partition);
    }

    /** Addresses are not recorded. */
    private RequestFacts facts(Passed passed) {
        return new RequestFacts(
                passed.api(),
                passed.method(),
                UpstreamPath.of(passed.path()).compared(),
                passed.model(),
                lines.of(passed.key()),
                passed.project(),
                passed.customer(),
                passed.tags(),
                "");
    }

    private static Duration part(Duration range) {
        return PARTS.stream()
                .filter(each -> range.dividedBy(each) <= MOST_PARTS)
                .findFirst()
                .orElse(PARTS.getLast());
    }
}
