package io.rateguard.bench;

import io.rateguard.bed.Jvm;
import io.rateguard.bench.load.LoadResult;
import io.rateguard.bench.load.Order;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Lets the contenders take turns, each round in another order, and keeps what was measured. */
final class Comparison {

    /** The process between caller and upstream, in {@link Sample#cpuMicros}. */
    static final String PROXY = "proxy";

    private static final long HEAT_UP_STEP_MILLIS = 1_500;

    /** A stream or two of each connection. */
    private static final long STREAMS_BEGIN_MILLIS = 2_000;

    private final Bed bed;
    private final Plan plan;
    private final PrintStream progress;
    private final LongConsumer warm;

    /** @param warm told RateGuard's process when the measuring begins */
    Comparison(Bed bed, Plan plan, PrintStream progress, LongConsumer warm) {
        this.bed = bed;
        this.plan = plan;
        this.progress = progress;
        this.warm = warm;
    }

    Results run() {
        bed.contenders().forEach(this::heatUp);
        warm.accept(rateguard().pid());
        Map<String, Long> threadsBefore = CpuTime.microsByThread(rateguard().pid());
        Map<String, List<Sample>> closed =
                rounds("closed loop", plan.closedRounds(), contender -> closed(contender, plan.closedMillis()));
        Map<String, Long> threadsAfter = CpuTime.microsByThread(rateguard().pid());
        double most = Median.of(closed.getOrDefault(rateguard().name(), List.of()).stream()
                        .map(sample -> sample.load().perSecond())
                        .toList())
                .value();
        double rate = Math.max(1, Math.floor(most / 2));
        Map<String, List<Sample>> open = rounds(
                "open loop",
                plan.openRounds(),
                contender -> bed.order(contender, plan.connections(), rate, plan.settleMillis(), plan.openMillis()));
        Map<String, List<Sample>> streams = rounds(
                "streams",
                plan.streamRounds(),
                contender -> bed.streams(contender, plan.streams(), STREAMS_BEGIN_MILLIS, plan.streamMillis()));
        return new Results(closed, open, streams, rate, threadShares(threadsBefore, threadsAfter));
    }

    private void heatUp(Contender contender) {
        progress.println("warming up " + contender.name() + "…");
        long answered = 0;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(plan.heatUpMillis());
        while (answered < plan.heatUpRequests() && System.nanoTime() < end) {
            boolean gently = answered < plan.heatUpRequests() / 2;
            int connections = gently ? plan.connections() / 8 : plan.connections();
            bed.load()
                    .tell(bed.order(contender, connections, 0, 0, HEAT_UP_STEP_MILLIS)
                            .line());
            bed.load().line();
            answered += LoadResult.parse(bed.load().line()).answered();
        }
    }

    private Contender rateguard() {
        return bed.contenders().getLast();
    }

    private Order closed(Contender contender, long millis) {
        return bed.order(contender, plan.connections(), 0, plan.settleMillis(), millis);
    }

    private Map<String, List<Sample>> rounds(String name, int count, Function<Contender, Order> ordered) {
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        bed.contenders().forEach(contender -> samples.put(contender.name(), new ArrayList<>()));
        List<Contender> order = new ArrayList<>(bed.contenders());
        for (int round = 1; round <= count; round++) {
            for (Contender contender : order) {
                Sample sample = round(contender, ordered.apply(contender));
                samples.computeIfAbsent(contender.name(), first -> new ArrayList<>())
                        .add(sample);
                progress.printf(
                        Locale.ROOT,
                        "%s %d/%d %-10s %,8.0f/s  p50 %.2f ms  p99 %.2f ms  proxy CPU %.1f µs  failed %d%n",
                        name,
                        round,
                        count,
                        contender.name(),
                        sample.load().perSecond(),
                        sample.load().p50Micros() / 1_000,
                        sample.load().p99Micros() / 1_000,
                        sample.cpu(PROXY),
                        sample.load().failures());
            }
            Collections.rotate(order, 1);
        }
        return samples;
    }

    private Sample round(Contender contender, Order order) {
        Jvm load = bed.load();
        load.tell(order.line());
        load.line();
        long allocatedBefore = bed.allocated(contender);
        Map<String, Long> before = cpu(contender);
        LoadResult result = LoadResult.parse(load.line());
        Map<String, Long> after = cpu(contender);
        long allocated = bed.allocated(contender) - allocatedBefore;
        long each = order.streamed() ? result.chunks() : result.answered();
        if (each == 0) {
            throw new IllegalStateException(contender.name() + " answered nothing; " + result.failures() + " failures");
        }
        Map<String, Double> perAnswer = new LinkedHashMap<>();
        after.forEach((process, micros) ->
                perAnswer.put(process, (double) (micros - before.getOrDefault(process, 0L)) / each));
        return new Sample(result, perAnswer, (double) allocated / each);
    }

    private Map<String, Long> cpu(Contender contender) {
        Map<String, Long> micros = new LinkedHashMap<>();
        bed.processes(contender).forEach((process, pid) -> micros.put(process, CpuTime.micros(pid)));
        return micros;
    }

    private static Map<String, Double> threadShares(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> spent = new HashMap<>();
        after.forEach((name, micros) -> spent.put(name, Math.max(0, micros - before.getOrDefault(name, 0L))));
        double all =
                Math.max(1, spent.values().stream().mapToLong(Long::longValue).sum());
        Map<String, Double> shares = new LinkedHashMap<>();
        spent.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .filter(entry -> entry.getValue() / all >= 0.005)
                .forEach(entry -> shares.put(entry.getKey(), entry.getValue() / all));
        return shares;
    }
}
