package io.rateguard.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.fixture.RunningConsole;
import io.rateguard.console.fixture.RunningConsole.Answer;
import io.rateguard.console.fixture.TestDatabase;
import io.rateguard.counters.Counters;
import io.rateguard.domain.key.Secret;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every route that the API describes, asked again and again with seeded nonsense in the shape of what it expects: no
 * answer is a mistake of ours, and each refusal says what it is about.
 */
class FuzzIT {

    private static final int ROUNDS = 25;
    private static final int SERVER_ERRORS = 500;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "demo-small",
            "month",
            "workspace",
            "2026-11-27T00:00:00Z",
            "2026-11-27",
            "+999999999-12-31T23:59:59Z",
            "-9999999999999999999",
            "1e400",
            "NaN",
            "Europe/Berlin",
            "https://127.0.0.1:9/",
            "http://[::1]:80/x",
            "ada@acme.example",
            "00000000-0000-0000-0000-000000000000",
            "'; DROP TABLE apis; --",
            "%00",
            "\u0000",
            "\ud800",
            "\uD83D\uDCB8".repeat(300),
            "x".repeat(5_000),
            "../../etc/passwd",
            "{{7*7}}",
            "\r\nSet-Cookie: a=b",
            "10.0.0.0/8",
            "::/0",
            "null");

    private static RunningConsole console;
    private static Secret token;
    private static JsonNode document;
    private static final List<String> IDS = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        console = RunningConsole.get();
        token = TestDatabase.newToken();
        console.database().bootstrap("fuzz", "owner@fuzz.example", RunningConsole.PASSWORD, token);
        console.context()
                .getBean(Counters.class)
                .rebuilds()
                .initialise(console.database().workspace("fuzz"))
                .toCompletableFuture()
                .join();
        document = console.ask("GET", "/api/v1/openapi.json", null, null).json();
        IDS.add(made("keys", "{\"name\":\"k\"}"));
        IDS.add(made("apis", """
                {"slug":"demo","profile":"generic","baseUrl":"https://api.example","auth":{"type":"none"}}"""));
        IDS.add(made("budgets", "{\"name\":\"b\",\"amountNanos\":1000,\"period\":\"month\"}"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_127})
    void noNonsenseIsAMistakeOfOurs(long seed) {
        Random random = new Random(seed);
        List<String> mistakes = new ArrayList<>();
        int asked = 0;
        for (String path : document.path("paths").propertyNames()) {
            for (Map.Entry<String, JsonNode> operation :
                    document.path("paths").path(path).properties()) {
                for (int round = 0; round < ROUNDS; round++) {
                    asked++;
                    String mistake =
                            mistake(operation.getKey().toUpperCase(Locale.ROOT), path, operation.getValue(), random);
                    if (!mistake.isEmpty()) {
                        mistakes.add(mistake);
                    }
                }
            }
        }

        assertThat(asked).isGreaterThan(30 * ROUNDS);
        assertThat(mistakes).as("seed " + seed).isEmpty();
        assertThat(console.ask("GET", "/api/v1/workspaces/fuzz/keys", token, null)
                        .status())
                .isEqualTo(200);
    }

    private static String mistake(String method, String template, JsonNode operation, Random random) {
        String path = template.replace("{workspace}", "fuzz").replaceAll("\\{[^}]+}", "{}");
        while (path.contains("{}")) {
            path = path.replaceFirst("\\{}", encoded(random.nextInt(3) > 0 ? id(random) : text(random)));
        }
        path += query(operation, random);
        JsonNode schema = operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        String body = schema.isMissingNode() ? null : body(schema, random);
        Answer answer = console.ask(method, path, token, body);
        boolean refusal = answer.status() >= 400;
        if (answer.status() >= SERVER_ERRORS || refusal && !saysWhy(answer)) {
            return method + " " + path + " " + body + " → " + answer.status() + " " + answer.text();
        }
        return "";
    }

    private static boolean saysWhy(Answer answer) {
        return answer.header("Content-Type").startsWith("application/problem+json")
                && !answer.code().isEmpty()
                && !answer.detail().isEmpty()
                && !answer.detail().contains("Exception");
    }

    private static String query(JsonNode operation, Random random) {
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asString().equals("query") && random.nextInt(3) == 0) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(encoded(parameter.path("name").asString()))
                        .append('=')
                        .append(encoded(random.nextInt(3) == 0 ? id(random) : text(random)));
            }
        }
        return query.toString();
    }

    private static String body(JsonNode schema, Random random) {
        String text = JSON.writeValueAsString(value(schema, random, 0));
        return switch (random.nextInt(20)) {
            case 0 -> text.substring(0, random.nextInt(text.length() + 1));
            case 1 -> "[".repeat(2_000);
            case 2 -> "null";
            default -> text;
        };
    }

    /** Mostly of the type that the schema names, sometimes anything. */
    private static JsonNode value(JsonNode named, Random random, int depth) {
        JsonNode schema = resolved(named);
        if (depth > 6 || random.nextInt(12) == 0) {
            return anything(random);
        }
        String type = schema.path("type").asString("");
        if (schema.has("properties") || type.equals("object")) {
            ObjectNode object = NODES.objectNode();
            for (Map.Entry<String, JsonNode> property :
                    schema.path("properties").properties()) {
                if (random.nextInt(4) > 0) {
                    object.set(property.getKey(), value(property.getValue(), random, depth + 1));
                }
            }
            if (random.nextInt(10) == 0) {
                object.set(text(random), anything(random));
            }
            return object;
        }
        return switch (type) {
            case "array" -> {
                ArrayNode array = NODES.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(schema.path("items"), random, depth + 1));
                }
                yield array;
            }
            case "integer", "number" -> number(random);
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "string" ->
                schema.has("enum") && random.nextInt(4) > 0
                        ? schema.path("enum")
                                .path(random.nextInt(schema.path("enum").size()))
                        : NODES.stringNode(text(random));
            default -> anything(random);
        };
    }

    private static JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty()
                ? schema
                : document.path("components").path("schemas").path(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static JsonNode anything(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> NODES.nullNode();
            case 1 -> number(random);
            case 2 -> NODES.booleanNode(random.nextBoolean());
            case 3 -> NODES.arrayNode().add(text(random)).addNull();
            case 4 -> NODES.objectNode().put(text(random), random.nextLong());
            default -> NODES.stringNode(text(random));
        };
    }

    private static JsonNode number(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> NODES.numberNode(0);
            case 1 -> NODES.numberNode(-1);
            case 2 -> NODES.numberNode(Long.MAX_VALUE);
            case 3 -> NODES.numberNode(Long.MIN_VALUE);
            case 4 -> NODES.numberNode(new BigDecimal("1e300"));
            case 5 -> NODES.numberNode(0.1);
            default -> NODES.numberNode(1 + random.nextInt(100));
        };
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static String id(Random random) {
        return random.nextBoolean()
                ? IDS.get(random.nextInt(IDS.size()))
                : new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String made(String resource, String body) {
        Answer answer = console.ask("POST", "/api/v1/workspaces/fuzz/" + resource, token, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asString();
    }
}
