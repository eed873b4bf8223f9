package io.rateguard.console.limits.ui;

import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.PartitionWords;
import io.rateguard.console.limits.NewLimit;
import io.rateguard.domain.limit.Concurrency;
import io.rateguard.domain.limit.Limit;
import io.rateguard.domain.limit.LimitMatch;
import io.rateguard.domain.limit.LimitShapes;
import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.domain.limit.TokenBucket;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A rule in the words of a person. */
final class LimitSentence {

    private LimitSentence() {}

    /**
     * {@code 600 requests a minute}, {@code 100 tokens a second, up to 5,000 at once}, {@code 50 requests in any hour},
     * {@code 20 requests at once}, {@code None allowed}.
     */
    static String amount(Limit limit) {
        if (limit.most() == 0) {
            return "None allowed";
        }
        return switch (limit) {
            case TokenBucket bucket -> amount(bucket);
            case SlidingWindow window -> quantity(window.max(), window.unit()) + " " + any(window.window());
            case Concurrency concurrency -> quantity(concurrency.max(), concurrency.unit()) + " at once";
        };
    }

    private static String amount(TokenBucket bucket) {
        String steady = quantity(bucket.refill(), bucket.unit()) + " " + each(bucket.period());
        return bucket.capacity() == bucket.refill()
                ? steady
                : steady + ", up to " + number(bucket.capacity(), bucket.unit()) + " at once";
    }

    /**
     * What a limit will do that is to be: {@code 600 requests a minute. Each key. API openai.}; empty as long as it is not
     * described as a whole.
     */
    static String of(NewLimit wanted, UnaryOperator<String> keyName) {
        try {
            Limit limit = LimitShapes.limit(Objects.requireNonNull(wanted.limit()));
            return String.join(
                            ". ",
                            amount(limit),
                            per(LimitShapes.per(Objects.requireNonNull(wanted.per()))),
                            match(LimitShapes.match(Objects.requireNonNull(wanted.match())), keyName))
                    + ".";
        } catch (IllegalArgumentException notYet) {
            return "";
        }
    }

    /** {@code Each key}, {@code Each key and model}, {@code All together}. */
    static String per(List<Partition> per) {
        String each = PartitionWords.each(per);
        return each.isEmpty() ? "All together" : capitalised(each);
    }

    /** @param keyName what people call the key of this id */
    static String match(LimitMatch match, UnaryOperator<String> keyName) {
        List<String> conditions = new ArrayList<>();
        if (match.api() != null) {
            conditions.add("API " + match.api());
        }
        if (match.key() != null) {
            conditions.add("key " + keyName.apply(match.key().toString()));
        }
        if (match.model() != null) {
            conditions.add("model " + match.model());
        }
        if (match.method() != null) {
            conditions.add("method " + match.method());
        }
        if (match.path() != null) {
            conditions.add("path " + match.path());
        }
        if (match.project() != null) {
            conditions.add("project " + match.project());
        }
        new TreeMap<>(match.tags()).forEach((name, value) -> conditions.add(name + " " + value));
        return conditions.isEmpty() ? "Every request" : capitalised(String.join(", ", conditions));
    }

    private static String quantity(long amount, LimitUnit unit) {
        return switch (unit) {
            case REQUESTS -> Amounts.count(amount, "request");
            case TOKENS -> Amounts.count(amount, "token");
            case INPUT_TOKENS -> Amounts.count(amount, "input token");
            case OUTPUT_TOKENS -> Amounts.count(amount, "output token");
            case WEIGHTED_TOKENS -> Amounts.count(amount, "weighted token");
            case COST -> Amounts.dollars(Money.ofNanos(amount));
        };
    }

    private static String number(long amount, LimitUnit unit) {
        return unit == LimitUnit.COST ? Amounts.dollars(Money.ofNanos(amount)) : Amounts.count(amount);
    }

    private static String each(Duration period) {
        if (period.equals(Duration.ofSeconds(1))) {
            return "a second";
        }
        if (period.equals(Duration.ofMinutes(1))) {
            return "a minute";
        }
        if (period.equals(Duration.ofHours(1))) {
            return "an hour";
        }
        if (period.equals(Duration.ofDays(1))) {
            return "a day";
        }
        return "every " + length(period);
    }

    private static String any(Duration window) {
        String length = length(window);
        return "in any " + (length.startsWith("1 ") ? length.substring(2) : length);
    }

    /** {@code 1 minute}, {@code 7 days}. */
    static String length(Duration period) {
        long seconds = period.toSeconds();
        if (seconds % 86_400 == 0) {
            return Amounts.count(seconds / 86_400, "day");
        }
        if (seconds % 3_600 == 0) {
            return Amounts.count(seconds / 3_600, "hour");
        }
        return seconds % 60 == 0 ? Amounts.count(seconds / 60, "minute") : Amounts.count(seconds, "second");
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
