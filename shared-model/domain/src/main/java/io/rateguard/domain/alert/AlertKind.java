package io.rateguard.domain.alert;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an alert rule watches, and what it goes by where the rule does not say. */
public enum AlertKind {
    /** A budget's ladder. */
    BUDGET_THRESHOLD(Subject.BUDGET, Threshold.PERCENT, 0, Duration.ZERO, 0),
    /** What a budget will have spent when its window ends, going on as so far, in percent of its amount. */
    FORECAST(Subject.BUDGET, Threshold.PERCENT, 100, Duration.ZERO, 0),
    /** Spend, in percent of what the same hours of past weeks had. */
    SPIKE(Subject.API, Threshold.PERCENT, 300, Duration.ofHours(1), 20),
    /** Requests let through that failed, in percent. */
    ERROR_RATE(Subject.API, Threshold.PERCENT, 5, Duration.ofMinutes(5), 20),
    /** The 95th percentile of the whole time of requests, in milliseconds. */
    LATENCY(Subject.API, Threshold.MILLIS, 10_000, Duration.ofMinutes(5), 20),
    /** Requests that were refused, in percent. */
    REFUSALS(Subject.API, Threshold.PERCENT, 20, Duration.ofMinutes(5), 20),
    /** Keys that expire within the window. */
    KEY_EXPIRING(Subject.KEY, Threshold.NONE, 0, Duration.ofDays(7), 0),
    /** Requests to a model without a price. */
    UNPRICED(Subject.MODEL, Threshold.NONE, 0, Duration.ofDays(1), 1),
    /** Requests that RateGuard governed without Redis. */
    DEGRADED(Subject.API, Threshold.NONE, 0, Duration.ofMinutes(5), 1),
    /** Requests that an upstream did not answer, cut short or failed with a status of its own, in percent; each API. */
    UPSTREAM_FAILING(Subject.API, Threshold.PERCENT, 20, Duration.ofMinutes(5), 10),
    /** Requests, in percent of what the same hours of past weeks had. */
    SURGE(Subject.API, Threshold.PERCENT, 300, Duration.ofHours(1), 100),
    /** How much of what a key sends is one request again and again, in percent; each key. */
    RUNAWAY(Subject.KEY, Threshold.PERCENT, 90, Duration.ofMinutes(5), 100);

    /** What a rule can be narrowed to. */
    public enum Subject {
        BUDGET,
        API,
        KEY,
        MODEL
    }

    /** What a rule's threshold is counted in. */
    public enum Threshold {
        PERCENT,
        MILLIS,
        NONE
    }

    private final Subject subject;
    private final Threshold unit;
    private final int threshold;
    private final Duration window;
    private final int minimum;

    AlertKind(Subject subject, Threshold unit, int threshold, Duration window, int minimum) {
        this.subject = subject;
        this.unit = unit;
        this.threshold = threshold;
        this.window = window;
        this.minimum = minimum;
    }

    public static Optional<AlertKind> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(name))
                .findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Subject subject() {
        return subject;
    }

    public Threshold unit() {
        return unit;
    }

    public int threshold() {
        return threshold;
    }

    /** Zero: it has none, or the budget's. */
    public Duration window() {
        return window;
    }

    /** How many requests make it worth a judgement; zero: it does not count requests. */
    public int minimum() {
        return minimum;
    }

    /** Whether it is measured in what the intake has taken in. */
    public boolean readsEvents() {
        return switch (this) {
            case SPIKE, SURGE, ERROR_RATE, LATENCY, REFUSALS, UNPRICED, DEGRADED, UPSTREAM_FAILING, RUNAWAY -> true;
            case BUDGET_THRESHOLD, FORECAST, KEY_EXPIRING -> false;
        };
    }

    /** Whether its end is worth telling. */
    public boolean tellsRecovery() {
        return switch (this) {
            case SPIKE, SURGE, ERROR_RATE, LATENCY, REFUSALS, DEGRADED, UPSTREAM_FAILING, RUNAWAY -> true;
            case BUDGET_THRESHOLD, FORECAST, KEY_EXPIRING, UNPRICED -> false;
        };
    }
}
