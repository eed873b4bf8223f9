package io.rateguard.console.limits;

import io.rateguard.console.limits.Backtested.Counts;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.limit.Partition;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a limit would have refused, as the management API tells it. */
record BacktestJson(
        Instant from,
        Instant to,
        Instant until,
        boolean complete,
        long requests,
        long refused,
        long refusedCostNanos,
        String refusedCostUsd,
        List<WhoseJson> whose,
        List<PartJson> when,
        List<String> first) {

    static BacktestJson of(Backtested it) {
        return new BacktestJson(
                it.from(),
                it.to(),
                it.until(),
                it.isWhole(),
                it.counts().requests(),
                it.counts().refused(),
                it.counts().cost().nanos(),
                it.counts().cost().usd(),
                it.whose().stream()
                        .map(each -> WhoseJson.of(named(it.rule().per(), each.values()), each.counts()))
                        .toList(),
                it.when().stream()
                        .map(part -> new PartJson(
                                part.start(),
                                part.counts().requests(),
                                part.counts().refused()))
                        .toList(),
                it.first().stream().map(RequestId::value).toList());
    }

    private static Map<String, String> named(List<Partition> per, List<String> values) {
        Map<String, String> named = new LinkedHashMap<>();
        Iterator<String> each = values.iterator();
        per.forEach(partition -> named.put(partition.wireName(), each.next()));
        return named;
    }

    /** @param counter what is counted apart, by its names; empty where all is counted together */
    record WhoseJson(
            Map<String, String> counter, long requests, long refused, long refusedCostNanos, String refusedCostUsd) {

        static WhoseJson of(Map<String, String> counter, Counts counts) {
            return new WhoseJson(
                    counter,
                    counts.requests(),
                    counts.refused(),
                    counts.cost().nanos(),
                    counts.cost().usd());
        }
    }

    record PartJson(Instant time, long requests, long refused) {}
}
