package io.rateguard.console.alerts.ui;

import io.rateguard.console.alerts.AlertHistory.Told;
import io.rateguard.console.alerts.AlertRules.AlertRule;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.domain.alert.AlertKind;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Alert rules, and what came of them, in the words of a person. */
final class RuleSentence {

    private static final long DAYS_FROM_HOURS = 48;

    private RuleSentence() {}

    /** What kinds of rules are called where one is chosen. */
    static String title(AlertKind kind) {
        return switch (kind) {
            case BUDGET_THRESHOLD -> "A budget comes to a threshold";
            case FORECAST -> "A budget is on its way to be overrun";
            case SPIKE -> "Spend is far above usual";
            case ERROR_RATE -> "Requests fail";
            case LATENCY -> "Requests are slow";
            case REFUSALS -> "Requests are refused";
            case KEY_EXPIRING -> "A key is about to expire";
            case UNPRICED -> "A model has no price";
            case DEGRADED -> "RateGuard works without Redis";
            case UPSTREAM_FAILING -> "An upstream fails";
            case SURGE -> "Requests are far above usual";
            case RUNAWAY -> "A key repeats one request without end";
        };
    }

    /** @param name what people call the budget or key of this id */
    static String of(AlertRule rule, UnaryOperator<String> name) {
        AlertKind kind = rule.kind();
        String subject = rule.subject() == null ? "" : name.apply(rule.subject());
        int from =
                Objects.requireNonNullElse(rule.percent() == null ? rule.millis() : rule.percent(), kind.threshold());
        return switch (kind) {
            case BUDGET_THRESHOLD ->
                (subject.isEmpty() ? "Every budget" : "Budget " + subject) + " at "
                        + (rule.percent() == null ? "each threshold of its ladder" : rule.percent() + " %");
            case FORECAST ->
                (subject.isEmpty() ? "Any budget" : "Budget " + subject) + " on its way to " + from
                        + " % of its amount";
            case SPIKE -> "Spend" + on(subject) + ": " + from + " % of usual" + in(rule);
            case SURGE -> "Requests" + to(subject) + ": " + from + " % of usual" + in(rule);
            case RUNAWAY ->
                (subject.isEmpty() ? "Any key" : "Key " + subject) + " repeats one request: " + from
                        + " % of what it sends" + in(rule);
            case ERROR_RATE -> from + " % of requests" + to(subject) + " fail" + in(rule);
            case LATENCY ->
                "One in twenty requests" + to(subject) + " takes " + Amounts.millis(from) + " or longer" + in(rule);
            case REFUSALS -> from + " % of requests" + to(subject) + " are refused" + in(rule);
            case KEY_EXPIRING ->
                (subject.isEmpty() ? "Any key" : "Key " + subject) + " expires within " + span(window(rule));
            case UNPRICED -> "Requests to " + (subject.isEmpty() ? "any model" : subject) + " have no price";
            case DEGRADED -> "RateGuard works without Redis" + (subject.isEmpty() ? "" : " for " + subject);
            case UPSTREAM_FAILING ->
                from + " % of requests to " + (subject.isEmpty() ? "any API" : subject) + " fail at its upstream"
                        + in(rule);
        };
    }

    /** What a message was about. */
    static String of(Told told) {
        AlertKind kind = told.kind();
        if (kind == null) {
            return "Test of the channel";
        }
        String subject = Objects.requireNonNullElse(told.subject(), "");
        if (kind == AlertKind.BUDGET_THRESHOLD) {
            return "Budget " + subject + " reached " + told.percent() + " %";
        }
        return (told.recovery() ? "Over: " : "") + title(kind) + (subject.isEmpty() ? "" : " (" + subject + ")");
    }

    /** {@code 5 minutes}, {@code 1 hour}, {@code 7 days}. */
    static String span(Duration time) {
        if (time.toHours() >= DAYS_FROM_HOURS) {
            return Amounts.count(time.toDays(), "day");
        }
        return time.toMinutesPart() == 0
                ? Amounts.count(time.toHours(), "hour")
                : Amounts.count(time.toMinutes(), "minute");
    }

    private static Duration window(AlertRule rule) {
        @Nullable Integer seconds = rule.windowSeconds();
        return seconds == null ? rule.kind().window() : Duration.ofSeconds(seconds);
    }

    private static String in(AlertRule rule) {
        return " in " + span(window(rule));
    }

    private static String to(String subject) {
        return subject.isEmpty() ? "" : " to " + subject;
    }

    private static String on(String subject) {
        return subject.isEmpty() ? "" : " on " + subject;
    }
}
