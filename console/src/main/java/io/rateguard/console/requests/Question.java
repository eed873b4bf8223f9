package io.rateguard.console.requests;

import io.rateguard.analytics.question.Bucket;
import io.rateguard.analytics.question.Cursor;
import io.rateguard.analytics.question.Figure;
import io.rateguard.analytics.question.GroupBy;
import io.rateguard.analytics.question.RequestFilter;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.id.ApiKeyId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The query parameters of {@code requests} and {@code usage}; one that is not known is refused. */
final class Question {

    private static final Set<String> REQUEST_PARAMETERS =
            Set.of("from", "to", "api", "key", "model", "decision", "status", "customer", "cursor", "limit");
    private static final Set<String> USAGE_PARAMETERS = Set.of("from", "to", "bucket", "groupBy", "top", "figures");
    static final String TAG = "tag.";
    private static final String GROUPS = names(GroupBy.values(), GroupBy::wireName) + ", " + TAG + "<name>";
    private static final String FIGURES = names(Figure.values(), Figure::wireName) + ", none";
    private static final int USUAL_SIZE = 50;
    private static final int MOST = 500;

    private final Map<String, String> parameters;
    private final Instant now;

    private Question(Map<String, String> parameters, Instant now) {
        this.parameters = parameters;
        this.now = now;
    }

    static Question ofRequests(Map<String, String> parameters, Instant now) {
        requireKnown(parameters, REQUEST_PARAMETERS, true);
        return new Question(parameters, now);
    }

    /** All of them: an export has no pages. */
    static Question ofExport(Map<String, String> parameters, Instant now) {
        Set<String> known = new HashSet<>(REQUEST_PARAMETERS);
        known.removeAll(Set.of("cursor", "limit"));
        requireKnown(parameters, known, true);
        return new Question(parameters, now);
    }

    static Question ofUsage(Map<String, String> parameters, Instant now) {
        requireKnown(parameters, USAGE_PARAMETERS, false);
        return new Question(parameters, now);
    }

    /** Unless told, everything up to the present minute. */
    RequestFilter filter() {
        Map<String, String> tags = new HashMap<>();
        parameters.keySet().forEach(name -> {
            if (name.startsWith(TAG)) {
                tags.put(name.substring(TAG.length()), Objects.requireNonNull(text(name)));
            }
        });
        return Problem.valid(() -> new RequestFilter(
                time("from", Instant.EPOCH),
                time("to", now.plus(Duration.ofMinutes(1))),
                text("api"),
                optional("key", "the id of a key", ApiKeyId::of),
                text("model"),
                optional("decision", names(Decision.values(), Decision::wireName), Question::decision),
                optional("status", "an HTTP status", Question::status),
                text("customer"),
                tags));
    }

    @Nullable
    Cursor cursor() {
        return optional("cursor", "the next of an earlier page", Cursor::parse);
    }

    int size() {
        Integer size = optional("limit", "1 to " + MOST, Integer::valueOf);
        if (size == null) {
            return USUAL_SIZE;
        }
        if (size < 1 || size > MOST) {
            throw Problem.invalid("limit: " + size + " (expected: 1 to " + MOST + ")");
        }
        return size;
    }

    /** Unless told, the last 24 hours by the hour. */
    UsageQuestion usage(ZoneId zone) {
        Instant to = time("to", now);
        Bucket bucket = optional("bucket", names(Bucket.values(), Bucket::wireName), Question::bucket);
        return Problem.valid(() -> new UsageQuestion(
                time("from", to.minus(Duration.ofDays(1))),
                to,
                bucket == null ? Bucket.HOUR : bucket,
                zone,
                groups(),
                tag(),
                top(),
                figures()));
    }

    private int top() {
        Integer top = optional("top", "1 to " + UsageQuestion.MOST_TOP, Integer::valueOf);
        if (top == null) {
            return 0;
        }
        if (top == 0) {
            throw Problem.invalid("top: 0 (expected: 1 to " + UsageQuestion.MOST_TOP + ")");
        }
        return top;
    }

    /** Unless told, all of them. */
    private Set<Figure> figures() {
        String wanted = parameters.get("figures");
        if (wanted == null) {
            return EnumSet.allOf(Figure.class);
        }
        Set<Figure> figures = EnumSet.noneOf(Figure.class);
        if (!wanted.equals("none")) {
            Arrays.stream(wanted.split(",", -1)).forEach(name -> figures.add(figure(name)));
        }
        return figures;
    }

    private static Figure figure(String name) {
        return Arrays.stream(Figure.values())
                .filter(figure -> figure.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("figures: " + name + " (expected: " + FIGURES + ")"));
    }

    private Set<GroupBy> groups() {
        Set<GroupBy> groups = EnumSet.noneOf(GroupBy.class);
        wanted().filter(name -> !isTag(name)).forEach(name -> groups.add(group(name)));
        return groups;
    }

    private @Nullable String tag() {
        List<String> tags = wanted().filter(Question::isTag).distinct().toList();
        if (tags.size() > 1) {
            throw Problem.invalid(
                    "groupBy: " + String.join(", ", tags) + " (expected: one tag or customer, with api, key or model)");
        }
        return tags.isEmpty() ? null : tags.getFirst().substring(TAG.length());
    }

    private Stream<String> wanted() {
        String wanted = parameters.getOrDefault("groupBy", "");
        return wanted.isEmpty() ? Stream.empty() : Arrays.stream(wanted.split(",", -1));
    }

    private static boolean isTag(String name) {
        return name.startsWith(TAG) && name.length() > TAG.length();
    }

    private static GroupBy group(String name) {
        return Arrays.stream(GroupBy.values())
                .filter(group -> group.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("groupBy: " + name + " (expected: " + GROUPS + ")"));
    }

    private Instant time(String name, Instant otherwise) {
        Instant given = optional(name, "a time such as 2026-01-31T12:00:00Z", Instant::parse);
        return given == null ? otherwise : Fields.requireStorable(name, given);
    }

    /** To ask for nothing in particular is to leave the parameter out: an empty one would mean any, or none. */
    private @Nullable String text(String name) {
        return optional(name, "at least one character", Question::someText);
    }

    private <T> @Nullable T optional(String name, String expected, Function<String, T> parse) {
        String text = parameters.get(name);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException | DateTimeParseException malformed) {
            throw Problem.invalid(name + ": " + text + " (expected: " + expected + ")");
        }
    }

    private static String someText(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static int status(String text) {
        int status = Integer.parseInt(text);
        if (status < 0) {
            throw new IllegalArgumentException();
        }
        return status;
    }

    private static Decision decision(String name) {
        return Arrays.stream(Decision.values())
                .filter(decision -> decision.wireName().equals(name))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static Bucket bucket(String name) {
        return Arrays.stream(Bucket.values())
                .filter(bucket -> bucket.wireName().equals(name))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static <T> String names(T[] values, Function<T, String> name) {
        return Arrays.stream(values).map(name).collect(Collectors.joining(", "));
    }

    private static void requireKnown(Map<String, String> parameters, Set<String> known, boolean tags) {
        for (String name : parameters.keySet()) {
            if (!known.contains(name) && !(tags && isTag(name))) {
                throw Problem.unknownField(name + ": unknown parameter (expected: "
                        + known.stream().sorted().collect(Collectors.joining(", ")) + (tags ? ", tag.<name>)" : ")"));
            }
        }
    }
}
