package io.rateguard.standalone.sample;

import io.rateguard.standalone.sample.Incidents.Surge;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The requests of the history, in the order they arrive. Each hour is drawn by itself, from the seed and its number. */
final class Traffic {

    /** Whole days before the day on which the history ends. */
    static final int DAYS = 42;

    private static final long SEED = 20_261_125;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Instant first;
    private final Instant until;

    Traffic(Instant until) {
        this.until = until;
        this.first = firstDay(until);
    }

    /** Midnight of the first day. */
    static Instant firstDay(Instant until) {
        return until.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(DAYS));
    }

    void send(Consumer<Ask> receiver) {
        int number = 0;
        for (Instant hour = first; hour.isBefore(until); hour = hour.plus(HOUR)) {
            hour(hour, number).stream()
                    .filter(ask -> ask.atMillis() < until.toEpochMilli())
                    .forEach(receiver);
            number++;
        }
    }

    private List<Ask> hour(Instant hour, int number) {
        Draws draws = new Draws(SEED, number);
        List<Ask> asks = new ArrayList<>();
        for (Workload workload : Workloads.ALL) {
            int count = draws.poisson(workload.expected(hour, number / 24));
            for (int i = 0; i < count; i++) {
                asks.add(ask(workload, hour, HOUR, draws));
            }
        }
        for (int i = 0; i < Incidents.SURGES.size(); i++) {
            addSurge(Incidents.SURGES.get(i), i, hour, asks);
        }
        asks.sort(Comparator.comparingLong(Ask::atMillis).thenComparingLong(Ask::seed));
        return asks;
    }

    /** The part of a surge that falls into this hour; the whole of it is drawn alike each time. */
    private void addSurge(Surge surge, int number, Instant hour, List<Ask> asks) {
        Instant start = first.plus(Duration.ofDays(surge.day())).plus(surge.time());
        Instant end = hour.plus(HOUR);
        if (!start.isBefore(end) || !start.plus(surge.length()).isAfter(hour)) {
            return;
        }
        Draws draws = new Draws(SEED, -1 - number);
        for (int i = 0; i < surge.requests(); i++) {
            Ask ask = ask(surge.workload(), start, surge.length(), draws);
            if (ask.atMillis() >= hour.toEpochMilli() && ask.atMillis() < end.toEpochMilli()) {
                asks.add(ask);
            }
        }
    }

    private static Ask ask(Workload workload, Instant start, Duration within, Draws draws) {
        long atMillis = start.toEpochMilli() + draws.random().nextLong(within.toMillis());
        return new Ask(workload, atMillis, draws.random().nextLong());
    }
}
