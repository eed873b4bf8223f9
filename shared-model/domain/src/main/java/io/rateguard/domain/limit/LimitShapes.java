package io.rateguard.domain.limit;

import io.rateguard.domain.api.Slug;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.text.PrintableText;
import io.rateguard.domain.usage.UsageClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Limit rules in the JSON of the management API, which is also how they are stored. Whatever is not understood is an
 * {@link IllegalArgumentException} that names the field, its value and what was expected: a condition that is passed
 * over would be a limit that does not hold.
 */
public final class LimitShapes {

    private static final String TOKEN_BUCKET = "token-bucket";
    private static final String SLIDING_WINDOW = "sliding-window";
    private static final String CONCURRENCY = "concurrency";
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private LimitShapes() {}

    /** The conditions {@code {"api", "path", "method", "model", "key", "project", "tag"}}; absent and null match all. */
    public static LimitMatch match(JsonNode node) {
        if (isAbsent(node)) {
            return LimitMatch.ALL;
        }
        ShapeReader shape = ShapeReader.of("match", node, "api", "path", "method", "model", "key", "project", "tag");
        String path = shape.optionalText("path");
        String model = shape.optionalText("model");
        return new LimitMatch(
                api(shape.optionalText("api")),
                path == null ? null : within("match", () -> Glob.ofPath(path)),
                method(shape.optionalText("method")),
                model == null ? null : Glob.ofName(model),
                key(shape.optionalText("key")),
                shape.optionalText("project"),
                shape.optionalTexts("tag"));
    }

    /** What is counted apart: a list of {@code workspace}, {@code key}, {@code tag:team} and the like, each once. */
    public static List<Partition> per(JsonNode node) {
        if (isAbsent(node)) {
            return List.of();
        }
        if (!node.isArray()) {
            throw new IllegalArgumentException("per: " + node + " (expected: a list)");
        }
        List<Partition> partitions = new ArrayList<>();
        for (JsonNode name : node) {
            if (!name.isString()) {
                throw new IllegalArgumentException("per: " + name + " (expected: a text)");
            }
            Partition partition = Partition.ofWireName(PrintableText.require("per", name.stringValue()));
            if (partitions.contains(partition)) {
                throw new IllegalArgumentException("per: " + name.stringValue() + " twice (expected: once)");
            }
            partitions.add(partition);
        }
        return List.copyOf(partitions);
    }

    /**
     * The limit {@code {"algorithm": "token-bucket", "unit", "capacity", "refill", "periodSeconds"}},
     * {@code {"algorithm": "sliding-window", "unit", "max", "windowSeconds"}} or {@code {"algorithm": "concurrency",
     * "max"}}.
     */
    public static Limit limit(JsonNode node) {
        String algorithm = ShapeReader.of("limit", node).text("algorithm");
        return switch (algorithm) {
            case TOKEN_BUCKET -> bucket(node);
            case SLIDING_WINDOW -> window(node);
            case CONCURRENCY -> concurrency(node);
            default ->
                throw new IllegalArgumentException("limit.algorithm: " + algorithm + " (expected: " + TOKEN_BUCKET
                        + ", " + SLIDING_WINDOW + " or " + CONCURRENCY + ")");
        };
    }

    /** How much tokens count: {@code {"cache_read": 100}}, in thousandths. */
    public static TokenWeights weights(JsonNode node) {
        if (isAbsent(node)) {
            return TokenWeights.EVEN;
        }
        ShapeReader shape = ShapeReader.of("weightsPermille", node);
        Map<UsageClass, Integer> permille = new EnumMap<>(UsageClass.class);
        for (String name : node.propertyNames()) {
            permille.put(usageClass(name), Math.toIntExact(Math.min(shape.wholeNumber(name), Integer.MAX_VALUE)));
        }
        return new TokenWeights(permille);
    }

    private static UsageClass usageClass(String name) {
        try {
            return UsageClass.ofWireName(name);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "weightsPermille." + name + ": no such class (expected: "
                            + Arrays.stream(UsageClass.values())
                                    .filter(known -> known.kind() != UsageClass.Kind.PIECES)
                                    .map(UsageClass::wireName)
                                    .collect(Collectors.joining(", "))
                            + ")",
                    unknown);
        }
    }

    private static TokenBucket bucket(JsonNode node) {
        ShapeReader shape = ShapeReader.of("limit", node, "algorithm", "unit", "capacity", "refill", "periodSeconds");
        String unit = shape.text("unit");
        long refill = shape.wholeNumber("refill");
        long capacity = shape.wholeNumber("capacity");
        long periodSeconds = shape.wholeNumber("periodSeconds");
        return within(
                "limit",
                () -> new TokenBucket(LimitUnit.ofWireName(unit), capacity, refill, Duration.ofSeconds(periodSeconds)));
    }

    private static SlidingWindow window(JsonNode node) {
        ShapeReader shape = ShapeReader.of("limit", node, "algorithm", "unit", "max", "windowSeconds");
        String unit = shape.text("unit");
        long max = shape.wholeNumber("max");
        long windowSeconds = shape.wholeNumber("windowSeconds");
        return within(
                "limit", () -> new SlidingWindow(LimitUnit.ofWireName(unit), max, Duration.ofSeconds(windowSeconds)));
    }

    private static Concurrency concurrency(JsonNode node) {
        long max = ShapeReader.of("limit", node, "algorithm", "max").wholeNumber("max");
        return within("limit", () -> new Concurrency(max));
    }

    public static ObjectNode json(LimitMatch match) {
        ObjectNode node = NODES.objectNode();
        putIfPresent(node, "api", match.api());
        putIfPresent(node, "path", match.path());
        putIfPresent(node, "method", match.method());
        putIfPresent(node, "model", match.model());
        putIfPresent(node, "key", match.key());
        putIfPresent(node, "project", match.project());
        if (!match.tags().isEmpty()) {
            ObjectNode tags = node.putObject("tag");
            new TreeMap<>(match.tags()).forEach(tags::put);
        }
        return node;
    }

    public static ArrayNode json(List<Partition> per) {
        ArrayNode node = NODES.arrayNode();
        per.forEach(partition -> node.add(partition.wireName()));
        return node;
    }

    public static ObjectNode json(Limit limit) {
        return switch (limit) {
            case TokenBucket bucket ->
                NODES.objectNode()
                        .put("algorithm", TOKEN_BUCKET)
                        .put("unit", bucket.unit().wireName())
                        .put("capacity", bucket.capacity())
                        .put("refill", bucket.refill())
                        .put("periodSeconds", bucket.period().toSeconds());
            case SlidingWindow window ->
                NODES.objectNode()
                        .put("algorithm", SLIDING_WINDOW)
                        .put("unit", window.unit().wireName())
                        .put("max", window.max())
                        .put("windowSeconds", window.window().toSeconds());
            case Concurrency concurrency ->
                NODES.objectNode().put("algorithm", CONCURRENCY).put("max", concurrency.max());
        };
    }

    public static ObjectNode json(TokenWeights weights) {
        ObjectNode node = NODES.objectNode();
        weights.ordered().forEach((usageClass, permille) -> node.put(usageClass.wireName(), permille));
        return node;
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static @Nullable String api(@Nullable String slug) {
        return slug == null ? null : Slug.require("match.api", slug);
    }

    private static @Nullable String method(@Nullable String method) {
        if (method == null) {
            return null;
        }
        String upperCase = method.toUpperCase(Locale.ROOT);
        if (!METHOD.matcher(upperCase).matches()) {
            throw new IllegalArgumentException("match.method: " + method + " (expected: an HTTP method such as POST)");
        }
        return upperCase;
    }

    private static @Nullable ApiKeyId key(@Nullable String id) {
        if (id == null) {
            return null;
        }
        try {
            return ApiKeyId.of(id);
        } catch (IllegalArgumentException notAnId) {
            throw new IllegalArgumentException("match.key: " + id + " (expected: the id of a key)", notAnId);
        }
    }

    private static <T> T within(String shape, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(shape + "." + wrong.getMessage(), wrong);
        }
    }

    private static void putIfPresent(ObjectNode node, String field, @Nullable Object value) {
        if (value != null) {
            node.put(field, value.toString());
        }
    }

    /** One JSON object of known fields. */
    private record ShapeReader(String name, JsonNode node) {

        static ShapeReader of(String name, JsonNode node, String... fields) {
            if (!node.isObject()) {
                throw new IllegalArgumentException(name + ": " + node + " (expected: an object)");
            }
            List<String> known = List.of(fields);
            for (String field : node.propertyNames()) {
                if (!known.isEmpty() && !known.contains(field)) {
                    throw new IllegalArgumentException(name + "." + field + ": " + node.get(field)
                            + " (expected: no such field, only " + String.join(", ", known) + ")");
                }
            }
            return new ShapeReader(name, node);
        }

        String text(String field) {
            String text = optionalText(field);
            if (text == null) {
                throw new IllegalArgumentException(name + "." + field + ": missing (expected: a text)");
            }
            return text;
        }

        @Nullable
        String optionalText(String field) {
            JsonNode value = node.path(field);
            return isAbsent(value) ? null : nonBlank(field, value);
        }

        Map<String, String> optionalTexts(String field) {
            JsonNode value = node.path(field);
            if (isAbsent(value)) {
                return Map.of();
            }
            if (!value.isObject()) {
                throw new IllegalArgumentException(
                        name + "." + field + ": " + value + " (expected: an object of texts)");
            }
            Map<String, String> texts = new HashMap<>();
            value.properties().forEach(entry -> {
                String key = PrintableText.require(name + "." + field, entry.getKey());
                texts.put(key, nonBlank(field + "." + key, entry.getValue()));
            });
            return texts;
        }

        long wholeNumber(String field) {
            JsonNode value = node.path(field);
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw new IllegalArgumentException(name + "." + field + ": "
                        + (value.isMissingNode() ? "missing" : value) + " (expected: a whole number)");
            }
            return value.longValue();
        }

        private String nonBlank(String field, JsonNode value) {
            if (!value.isString() || value.stringValue().isBlank()) {
                throw new IllegalArgumentException(name + "." + field + ": " + value + " (expected: a text)");
            }
            return PrintableText.require(name + "." + field, value.stringValue());
        }
    }
}
