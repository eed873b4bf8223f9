package io.rateguard.standalone.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What went wrong in those weeks; days count from the first, 0, and times are UTC. */
final class Incidents {

    /** More requests of one kind than anyone meant to send: a loop without a pause, or a sale. */
    record Surge(Workload workload, int day, Duration time, int requests, Duration length) {}

    /** A provider that answered a part of its calls with an error, or could not be reached. */
    record Outage(SampleApi api, int day, Duration time, Duration length, double failing, int status) {

        boolean covers(SampleApi called, Instant first, Instant at) {
            return called == api && isWithin(first, day, time, length, at);
        }
    }

    /** A provider that took longer than usual: all its times are multiplied. */
    record Slowdown(SampleApi api, int day, Duration time, Duration length, double factor) {

        boolean covers(SampleApi called, Instant first, Instant at) {
            return called == api && isWithin(first, day, time, length, at);
        }
    }

    static final List<Surge> SURGES = List.of(
            new Surge(Workloads.SEARCH, 12, hours(10, 0), 900, Duration.ofHours(4)),
            new Surge(Workloads.SEARCH, 12, hours(12, 5), 420, Duration.ofMinutes(3)),
            new Surge(Workloads.REVIEW_DEEP, 20, hours(14, 20), 130, Duration.ofHours(2)),
            new Surge(Workloads.SOUTH, 31, hours(13, 10), 560, Duration.ofMinutes(9)),
            new Surge(Workloads.SOUTH, 31, hours(15, 40), 480, Duration.ofMinutes(8)),
            new Surge(Workloads.INVOICES, 34, hours(3, 20), 260, Duration.ofMinutes(25)),
            new Surge(Workloads.CHARGES, 38, hours(18, 30), 190, Duration.ofMinutes(2)),
            new Surge(Workloads.NORTH, 41, hours(9, 12), 140, Duration.ofSeconds(80)),
            new Surge(Workloads.NORTH, 42, hours(8, 47), 110, Duration.ofSeconds(70)));

    static final List<Outage> OUTAGES = List.of(
            new Outage(SampleApi.OPENAI, 8, hours(15, 20), Duration.ofMinutes(35), 0.5, 503),
            new Outage(SampleApi.ANTHROPIC, 27, hours(9, 10), Duration.ofMinutes(70), 0.7, 529),
            new Outage(SampleApi.ANTHROPIC, 41, hours(16, 0), Duration.ofMinutes(12), 0.6, 529));

    static final List<Slowdown> SLOWDOWNS = List.of(
            new Slowdown(SampleApi.OPENAI, 36, hours(12, 0), Duration.ofHours(5), 3.2),
            new Slowdown(SampleApi.ANTHROPIC, 40, hours(8, 30), Duration.ofHours(2), 2.1));

    private Incidents() {}

    private static boolean isWithin(Instant first, int day, Duration time, Duration length, Instant at) {
        Instant start = first.plus(Duration.ofDays(day)).plus(time);
        return !at.isBefore(start) && at.isBefore(start.plus(length));
    }

    private static Duration hours(int hours, int minutes) {
        return Duration.ofHours(hours).plusMinutes(minutes);
    }
}
