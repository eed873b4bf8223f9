package io.rateguard.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.usage.UsageClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LimitShapesTest {

    private static final String KEY = "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";

    @Test
    void readsAndWritesEveryCondition() {
        JsonNode shape = json("""
                {"api": "openai", "path": "/v1/chat/**", "method": "POST", "model": "gpt-4o*",
                 "key": "%s", "project": "search", "tag": {"env": "prod", "team": "search"}}""".formatted(KEY));

        LimitMatch match = LimitShapes.match(shape);

        assertThat(match)
                .isEqualTo(new LimitMatch(
                        "openai",
                        Glob.ofPath("/v1/chat/**"),
                        "POST",
                        Glob.ofName("gpt-4o*"),
                        ApiKeyId.of(KEY),
                        "search",
                        Map.of("team", "search", "env", "prod")));
        assertThat((JsonNode) LimitShapes.json(match)).isEqualTo(shape);
    }

    @Test
    void takesAbsentAndNullConditionsForAll() {
        JsonNode nulls = json("""
                {"api": null, "path": null, "method": null, "model": null, "key": null, "project": null, "tag": null}""");

        assertThat(LimitShapes.match(nulls)).isEqualTo(LimitMatch.ALL);
        assertThat(LimitShapes.match(json("{}"))).isEqualTo(LimitMatch.ALL);
        assertThat(LimitShapes.match(json("null"))).isEqualTo(LimitMatch.ALL);
        assertThat(LimitShapes.match(json("{}").path("match"))).isEqualTo(LimitMatch.ALL);
        assertThat(LimitShapes.json(LimitMatch.ALL).toString()).isEqualTo("{}");
    }

    @Test
    void readsAndWritesPartitions() {
        JsonNode shape = json("""
                ["workspace", "project", "api", "key", "customer", "ip", "model", "tag:team"]""");

        List<Partition> per = LimitShapes.per(shape);

        assertThat(per).hasSize(8).contains(Partition.Field.KEY, new Partition.Tag("team"));
        assertThat((JsonNode) LimitShapes.json(per)).isEqualTo(shape);
        assertThat(LimitShapes.per(json("[]"))).isEmpty();
        assertThat(LimitShapes.per(json("null"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "requests, REQUESTS",
        "tokens, TOKENS",
        "input-tokens, INPUT_TOKENS",
        "output-tokens, OUTPUT_TOKENS",
        "weighted-tokens, WEIGHTED_TOKENS",
        "cost, COST"
    })
    void readsAndWritesTokenBuckets(String name, LimitUnit unit) {
        JsonNode shape = json("""
                {"algorithm": "token-bucket", "unit": "%s", "capacity": 100, "refill": 50, "periodSeconds": 60}""".formatted(name));

        Limit bucket = LimitShapes.limit(shape);

        assertThat(bucket).isEqualTo(new TokenBucket(unit, 100, 50, Duration.ofMinutes(1)));
        assertThat(json(LimitShapes.json(bucket).toString())).isEqualTo(shape);
    }

    @Test
    void readsAndWritesSlidingWindows() {
        JsonNode shape = json("""
                {"algorithm": "sliding-window", "unit": "cost", "max": 5000000000, "windowSeconds": 86400}""");

        Limit window = LimitShapes.limit(shape);

        assertThat(window).isEqualTo(new SlidingWindow(LimitUnit.COST, 5_000_000_000L, Duration.ofDays(1)));
        assertThat(json(LimitShapes.json(window).toString())).isEqualTo(shape);
    }

    @Test
    void readsAndWritesConcurrency() {
        JsonNode shape = json("""
                {"algorithm": "concurrency", "max": 20}""");

        Limit concurrency = LimitShapes.limit(shape);

        assertThat(concurrency).isEqualTo(new Concurrency(20));
        assertThat(json(LimitShapes.json(concurrency).toString())).isEqualTo(shape);
    }

    @Test
    void readsAndWritesWeights() {
        JsonNode shape = json("""
                {"cache_read": 100, "output": 4000}""");

        TokenWeights weights = LimitShapes.weights(shape);

        assertThat(weights).isEqualTo(new TokenWeights(Map.of(UsageClass.CACHE_READ, 100, UsageClass.OUTPUT, 4_000)));
        assertThat(json(LimitShapes.json(weights).toString())).isEqualTo(shape);
        assertThat(LimitShapes.weights(json("null"))).isEqualTo(TokenWeights.EVEN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [1]                          | weightsPermille: [1] (expected: an object)
            {"cache_read": "a"}          | weightsPermille.cache_read: "a" (expected: a whole number)
            {"cache_read": -1}           | weightsPermille.cache_read: -1 (expected: 0 to 1000000)
            {"cache_read": 5000000000}   | weightsPermille.cache_read: 2147483647 (expected: 0 to 1000000)
            {"requests": 1}              | weightsPermille.requests: 1 (expected: classes of tokens)
            """)
    void namesTheWeightThatIsWrong(String shape, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LimitShapes.weights(json(shape)))
                .withMessage(message);
    }

    @Test
    void namesTheClassThatDoesNotExist() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LimitShapes.weights(json("{\"cached\": 1}")))
                .withMessageStartingWith("weightsPermille.cached: no such class (expected: input, cache_read, ")
                .withMessageEndingWith("output_video)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"algorithm": "sliding-window", "unit": "requests", "max": -1, "windowSeconds": 60}          | limit.max: -1 (expected: 0 to 4503599627370495)
            {"algorithm": "sliding-window", "unit": "requests", "max": 5, "windowSeconds": 0}            | limit.windowSeconds: 0 (expected: 1 to 31622400)
            {"algorithm": "sliding-window", "unit": "requests", "max": 5, "windowSeconds": 31622401}     | limit.windowSeconds: 31622401 (expected: 1 to 31622400)
            {"algorithm": "sliding-window", "unit": "requests", "max": 5, "periodSeconds": 60}           | limit.periodSeconds: 60 (expected: no such field, only algorithm, unit, max, windowSeconds)
            {"algorithm": "concurrency", "unit": "requests", "max": 5}                                   | limit.unit: "requests" (expected: no such field, only algorithm, max)
            {"algorithm": "concurrency", "max": -5}                                                      | limit.max: -5 (expected: 0 to 9007199254740991)
            """)
    void namesTheFieldOfAWindowOrOfConcurrencyThatIsWrong(String shape, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LimitShapes.limit(json(shape)))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "all"                 | match: "all" (expected: an object)
            []                    | match: [] (expected: an object)
            {"apis": "x"}         | match.apis: "x" (expected: no such field, only api, path, method, model, key, project, tag)
            {"api": 1}            | match.api: 1 (expected: a text)
            {"api": "Open AI"}    | match.api: "Open AI" (expected: 1 to 63 lower-case letters, digits and inner hyphens)
            {"path": "v1"}        | match.path: v1 (expected: a pattern that starts with /)
            {"method": "GE T"}    | match.method: GE T (expected: an HTTP method such as POST)
            {"model": " "}        | match.model: " " (expected: a text)
            {"key": "ci"}         | match.key: ci (expected: the id of a key)
            {"project": []}       | match.project: [] (expected: a text)
            {"tag": "team"}       | match.tag: "team" (expected: an object of texts)
            {"tag": {"team": 1}}  | match.tag.team: 1 (expected: a text)
            {"project": "a\\u0000"} | match.project: a control character (expected: none)
            {"tag": {"team": "a\\u0007"}} | match.tag.team: a control character (expected: none)
            {"tag": {"a\\u0000": "b"}} | match.tag: a control character (expected: none)
            """)
    void namesTheConditionItCannotRead(String shape, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LimitShapes.match(json(shape)))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "key"           | per: "key" (expected: a list)
            [1]             | per: 1 (expected: a text)
            ["colour"]      | per: colour (expected: workspace, project, api, key, customer, ip, model or tag:<name>)
            ["tag:"]        | per: tag: (expected: workspace, project, api, key, customer, ip, model or tag:<name>)
            ["key", "key"]  | per: key twice (expected: once)
            ["tag:\\u0000"] | per: a control character (expected: none)
            """)
    void namesThePartitionItCannotRead(String shape, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LimitShapes.per(json(shape)))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"algorithm": "leaky-bucket", "max": 100} | limit.algorithm: leaky-bucket (expected: token-bucket, sliding-window or concurrency)
            {"unit": "requests"}                      | limit.algorithm: missing (expected: a text)
            {"algorithm": 1}                          | limit.algorithm: 1 (expected: a text)
            {"algorithm": "token-bucket", "max": 100} | limit.max: 100 (expected: no such field, only algorithm, unit, capacity, refill, periodSeconds)
            7                                         | limit: 7 (expected: an object)
            """)
    void namesTheAlgorithmItDoesNotKnow(String shape, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LimitShapes.limit(json(shape)))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "weighted"        | 100    | 100 | 60                   | limit.unit: weighted (expected: requests, tokens, input-tokens, output-tokens, weighted-tokens, cost)
            "requests"        | "100"  | 100 | 60                   | limit.capacity: "100" (expected: a whole number)
            "requests"        | 1.5    | 100 | 60                   | limit.capacity: 1.5 (expected: a whole number)
            "requests"        | -1     | 100 | 60                   | limit.capacity: -1 (expected: 0 or more)
            "requests"        | 100    | 0   | 60                   | limit.refill: 0 (expected: 1 or more, unless capacity is 0)
            "requests"        | 100    | 100 | 0                    | limit.periodSeconds: 0 (expected: 1 or more)
            "requests"        | 100    | 100 | null                 | limit.periodSeconds: null (expected: a whole number)
            "requests"        | 100    | 100 | 99999999999999999999 | limit.periodSeconds: 99999999999999999999 (expected: a whole number)
            """)
    void namesTheFieldOfABucketThatIsWrong(String unit, String capacity, String refill, String period, String message) {
        JsonNode shape = json("{\"algorithm\": \"token-bucket\", \"unit\": " + unit + ", \"capacity\": " + capacity
                + ", \"refill\": " + refill + ", \"periodSeconds\": " + period + "}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LimitShapes.limit(shape))
                .withMessage(message);
    }

    @Test
    void refusesPeriodsThatCannotBeCounted() {
        JsonNode shape = json("""
                {"algorithm": "token-bucket", "unit": "requests", "capacity": 1, "refill": 1,
                 "periodSeconds": 9223372036854775807}""");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LimitShapes.limit(shape))
                .withMessage("limit.periodSeconds: 9223372036854775807 (expected: up to 4503599627370495)");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
