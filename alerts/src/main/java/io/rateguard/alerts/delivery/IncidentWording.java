package io.rateguard.alerts.delivery;

import io.rateguard.alerts.delivery.Notice.Incident;
import io.rateguard.domain.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The words of what a timed rule came upon: what, how much, who, since when, what follows, what to do. */
final class IncidentWording {

    private static final int THOUSANDTHS_DIGITS = 3;
    private static final int HOURS_OF_TWO_DAYS = 48;

    private IncidentWording() {}

    static Wording of(Incident it) {
        String headline = it.isOver() ? over(it) : begun(it);
        return new Wording(subject(headline), headline, facts(it), consequence(it), button(it));
    }

    private static String begun(Incident it) {
        String value = amount(it, it.value());
        return switch (it.kind()) {
            case ERROR_RATE -> value + " of requests" + to(it) + " fail";
            case REFUSALS -> value + " of requests" + to(it) + " are refused";
            case LATENCY -> "Requests" + to(it) + " take " + value;
            case UPSTREAM_FAILING -> "The upstream of " + it.subject() + " fails " + value + " of requests";
            case DEGRADED -> "RateGuard works without Redis" + (it.subject().isEmpty() ? "" : " for " + it.subject());
            case UNPRICED -> "No price is known for " + (it.subject().isEmpty() ? "a request" : it.subject());
            case SPIKE -> "Spend" + on(it) + " is far above usual";
            case SURGE -> "Requests" + to(it) + " are far above usual";
            case RUNAWAY -> "Key \"" + it.subject() + "\" sends the same request again and again";
            case FORECAST -> "Budget \"" + it.subject() + "\" is on its way to " + value;
            case KEY_EXPIRING -> "Key \"" + it.subject() + "\" is about to expire";
            case BUDGET_THRESHOLD -> throw new IllegalStateException("a budget's threshold is no incident");
        };
    }

    private static String over(Incident it) {
        return switch (it.kind()) {
            case ERROR_RATE -> "Errors" + on(it) + " are back to normal";
            case REFUSALS -> "Refusals" + on(it) + " are back to normal";
            case LATENCY -> "Requests" + to(it) + " are fast again";
            case UPSTREAM_FAILING -> "The upstream of " + it.subject() + " works again";
            case DEGRADED -> "RateGuard works with Redis again";
            case SPIKE -> "Spend" + on(it) + " is back to usual";
            case SURGE -> "Requests" + to(it) + " are back to usual";
            case RUNAWAY -> "Key \"" + it.subject() + "\" has stopped repeating itself";
            case UNPRICED, FORECAST, KEY_EXPIRING, BUDGET_THRESHOLD ->
                throw new IllegalStateException(it.kind().wireName() + ": its end is not told");
        };
    }

    private static Map<String, String> facts(Incident it) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (it.isOver()) {
            facts.put("Now", amount(it, it.valueNow()));
        }
        facts.put(it.isOver() ? "Was" : label(it), measured(it));
        if (hasThreshold(it)) {
            facts.put("Threshold", amount(it, it.threshold()));
        }
        if (!it.subject().isEmpty()) {
            facts.put(subjectLabel(it), it.subject());
        }
        facts.put("Since", at(it.since()));
        if (it.isOver()) {
            facts.put("Lasted", span(Duration.between(it.since(), it.over())));
        }
        facts.put("Rule", it.rule());
        facts.put("Workspace", it.workspace());
        return facts;
    }

    private static String label(Incident it) {
        return switch (it.kind()) {
            case ERROR_RATE, UPSTREAM_FAILING -> "Failed";
            case REFUSALS -> "Refused";
            case LATENCY -> "95th percentile";
            case DEGRADED, UNPRICED, SURGE -> "Requests";
            case RUNAWAY -> "The same";
            case SPIKE -> "Spent";
            case FORECAST -> "Forecast";
            case KEY_EXPIRING -> "Expires";
            case BUDGET_THRESHOLD -> "Reached";
        };
    }

    private static String subjectLabel(Incident it) {
        return switch (it.kind().subject()) {
            case BUDGET -> "Budget";
            case API -> "API";
            case KEY -> "Key";
            case MODEL -> "Model";
        };
    }

    private static String measured(Incident it) {
        String value = amount(it, it.value());
        return switch (it.kind()) {
            case ERROR_RATE, REFUSALS, UPSTREAM_FAILING, RUNAWAY ->
                value + " of " + count(it.volume(), "request") + " in " + span(it.window());
            case LATENCY -> value + ", of " + count(it.volume(), "request") + " in " + span(it.window());
            case DEGRADED, UNPRICED, SPIKE, SURGE -> value + " in " + span(it.window());
            case FORECAST -> value + " at the window's end";
            case KEY_EXPIRING, BUDGET_THRESHOLD -> value;
        };
    }

    private static boolean hasThreshold(Incident it) {
        return switch (it.kind()) {
            case ERROR_RATE, REFUSALS, UPSTREAM_FAILING, LATENCY, SPIKE, SURGE, RUNAWAY, FORECAST -> true;
            case DEGRADED, UNPRICED, KEY_EXPIRING, BUDGET_THRESHOLD -> false;
        };
    }

    private static String consequence(Incident it) {
        if (it.isOver()) {
            return "Nothing is left to do. The next time is told again.";
        }
        return switch (it.kind()) {
            case ERROR_RATE ->
                "Requests go on being sent, and their callers get the errors. The failed requests show which status they end with.";
            case REFUSALS ->
                "Callers get refusals instead of answers. The refused requests show which limit, budget or key refuses them.";
            case LATENCY ->
                "Requests go on being sent. The slow ones show whether the upstream takes the time or RateGuard does.";
            case UPSTREAM_FAILING ->
                "Callers get errors until the upstream answers again; RateGuard goes on trying. See the provider's status page.";
            case DEGRADED ->
                "Each limit and budget does what it says for this case. Whoever runs RateGuard should look at Redis.";
            case UNPRICED ->
                "Unless the workspace says otherwise, strict budgets refuse such requests, and others let them pass and count nothing for them. Set a price, or a ceiling, to have them counted.";
            case SPIKE ->
                "Nothing is stopped by this. Look at which keys and models spend it; a budget with a shut-off would stop it.";
            case SURGE -> "Nothing is stopped by this. Look at which keys send them; a limit would hold them back.";
            case RUNAWAY ->
                "A program may be caught in a loop, or try again without end. Nothing is stopped by this: suspend the key, or give it a limit.";
            case FORECAST -> "Nothing is stopped yet. Spending less, or more budget, keeps it from running out early.";
            case KEY_EXPIRING ->
                "From then on requests with this key are refused. Rotate it: both keys work until the callers have changed over.";
            case BUDGET_THRESHOLD -> "";
        };
    }

    private static String button(Incident it) {
        return switch (it.kind()) {
            case FORECAST, BUDGET_THRESHOLD -> "Open the budget";
            case KEY_EXPIRING, RUNAWAY -> "Open the keys";
            case SPIKE, SURGE, ERROR_RATE, REFUSALS, LATENCY, UPSTREAM_FAILING, DEGRADED, UNPRICED ->
                "See the requests";
        };
    }

    private static String amount(Incident it, long value) {
        return switch (it.kind()) {
            case ERROR_RATE, REFUSALS, UPSTREAM_FAILING, RUNAWAY -> percent(value);
            case LATENCY -> seconds(value);
            case DEGRADED, UNPRICED, SURGE -> count(value, "request");
            case SPIKE, FORECAST, BUDGET_THRESHOLD -> {
                Money most = Money.ofNanos(Math.max(it.value(), it.threshold()));
                yield Dollars.of(Money.ofNanos(value), most);
            }
            case KEY_EXPIRING -> at(Instant.ofEpochMilli(value));
        };
    }

    private static String percent(long thousandths) {
        BigDecimal percent = BigDecimal.valueOf(thousandths, THOUSANDTHS_DIGITS).setScale(1, RoundingMode.HALF_UP);
        return percent.stripTrailingZeros().toPlainString() + " %";
    }

    private static String seconds(long millis) {
        return millis < 1_000
                ? millis + " ms"
                : BigDecimal.valueOf(millis, 3)
                                .setScale(1, RoundingMode.HALF_UP)
                                .stripTrailingZeros()
                                .toPlainString()
                        + " s";
    }

    private static String span(Duration time) {
        if (time.toHours() >= HOURS_OF_TWO_DAYS) {
            return count(time.toDays(), "day");
        }
        String minutes = count(time.toMinutesPart(), "minute");
        if (time.toHours() == 0) {
            return minutes;
        }
        String hours = count(time.toHours(), "hour");
        return time.toMinutesPart() == 0 ? hours : hours + " " + minutes;
    }

    private static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    private static String at(Instant time) {
        return Windows.at(time, ZoneOffset.UTC);
    }

    private static String to(Incident it) {
        return it.subject().isEmpty() ? "" : " to " + it.subject();
    }

    private static String on(Incident it) {
        return it.subject().isEmpty() ? "" : " on " + it.subject();
    }

    /** Says whose mail it is, once. */
    private static String subject(String headline) {
        return headline.startsWith("RateGuard")
                ? headline
                : "RateGuard: " + headline.substring(0, 1).toLowerCase(Locale.ROOT) + headline.substring(1);
    }
}
