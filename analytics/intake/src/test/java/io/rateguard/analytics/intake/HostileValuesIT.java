package io.rateguard.analytics.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.Bucket;
import io.rateguard.analytics.question.GroupBy;
import io.rateguard.analytics.question.RequestFilter;
import io.rateguard.analytics.question.RequestLog;
import io.rateguard.analytics.question.UsageHistory;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.analytics.question.UsageRow;
import io.rateguard.analytics.table.ClickHouse;
import io.rateguard.domain.event.EventJson;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every field of an event with every value that anything on the way could choke on: all arrive, or are refused. */
class HostileValuesIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Random RANDOM = new Random(41);
    private static final WorkspaceId WORKSPACE = new WorkspaceId(new UUID(4, 2));
    private static final Duration HOUR = Duration.ofHours(1);

    private static final List<String> TEXTS = List.of(
            "'; DROP TABLE requests; --",
            "\"double\" and \\ back\\\\slash \\n",
            "tab\tline\nreturn\rbell\u0007nothing\u0000escape\u001b",
            "{workspace:UUID}",
            "NULL",
            "\\N",
            "",
            " ",
            "emoji 🚀👩‍👩‍👧‍👦 and Ωμέγα",
            "\u2028\u2029\uFEFF\u202E\uFFFE\uFFFF",
            "=cmd|' /C calc'!A0",
            "</script><b>",
            "%s %d {0} ${x}");
    private static final List<String> HALVES = List.of("\uD800", "x\uDC00y", "\uDC00\uD800");
    private static final List<Long> NUMBERS = List.of(Long.MIN_VALUE, -1L, 0L, 1L << 53, Long.MAX_VALUE);

    private final Setup setup = new Setup();
    private final String journal = UUID.randomUUID().toString();
    private final Map<RequestId, ObjectNode> sent = new LinkedHashMap<>();
    private final Map<RequestId, Integer> places = new HashMap<>();

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void everyValueArrivesIntactOrIsRefusedWithAReason() {
        setup.start();
        for (String field : fields(true)) {
            TEXTS.forEach(text -> send(field, JSON.valueToTree(text)));
            HALVES.forEach(half -> send(field, JSON.valueToTree(half)));
        }
        for (String field : fields(false)) {
            NUMBERS.forEach(number -> send(field, JSON.valueToTree(number)));
        }

        Map<Integer, String> refused = arrived();

        try (ClickHouse clickHouse = ClickHouse.open(setup.store)) {
            RequestLog log = new RequestLog(clickHouse);
            sent.forEach((id, event) -> {
                String reason = refused.get(places.get(id));
                if (reason == null) {
                    assertThat(log.find(WORKSPACE, id)).as(event.toString()).contains(read(event));
                } else {
                    assertThat(reason).as(event.toString()).isNotBlank();
                    assertThat(log.find(WORKSPACE, id)).isEmpty();
                }
            });
        }
        assertThat(refused)
                .as("halves of characters, and numbers that are no time or no count")
                .hasSizeLessThan(sent.size() / 2);
    }

    @Test
    void hostileTextsCanBeAskedFor() {
        setup.start();
        for (String text : TEXTS) {
            ObjectNode event = event();
            ((ObjectNode) event.at("/caller")).put("customer", text);
            ((ObjectNode) event.at("/caller/tags")).put("hostile", text).put(text, "name");
            ((ObjectNode) event.at("/call")).put("model", text);
            send(event);
        }

        assertThat(arrived()).isEmpty();

        try (ClickHouse clickHouse = ClickHouse.open(setup.store)) {
            UsageHistory history = new UsageHistory(clickHouse);
            assertThat(values(history.ask(WORKSPACE, usage(Set.of(), "hostile")).stream()
                            .map(UsageRow::tagValue)))
                    .containsExactlyInAnyOrderElementsOf(TEXTS);
            assertThat(values(history.ask(WORKSPACE, usage(Set.of(GroupBy.CUSTOMER), null)).stream()
                            .map(row -> row.customer() == null ? "" : row.customer())))
                    .containsExactlyInAnyOrderElementsOf(TEXTS);
            for (String text : TEXTS) {
                assertThat(history.ask(WORKSPACE, usage(Set.of(), text)))
                        .as("tag " + text)
                        .hasSize(1);
                RequestFilter filter = new RequestFilter(
                        from(), from().plus(HOUR), null, null, null, null, null, null, Map.of("hostile", text));
                assertThat(new RequestLog(clickHouse)
                                .page(WORKSPACE, filter, null, 10)
                                .items())
                        .as("requests with tag " + text)
                        .hasSize(1);
            }
        }
    }

    @Test
    void aTextOfTenMegabytesArrives() {
        setup.raiseMessageSize(32 << 20);
        setup.start();
        ObjectNode event = event();
        ((ObjectNode) event.at("/caller")).put("customer", "é\"🚀\u0001x".repeat(1_120_000));
        send(event);

        assertThat(arrived()).isEmpty();

        try (ClickHouse clickHouse = ClickHouse.open(setup.store)) {
            RequestId id = sent.keySet().iterator().next();
            Optional<RequestEvent> found = new RequestLog(clickHouse).find(WORKSPACE, id);
            assertThat(found.map(it -> it.equals(read(event)))).contains(true);
        }
    }

    @Test
    void aBigMessageThatCannotBeReadIsADeadLetter() {
        setup.raiseMessageSize(24 << 20);
        setup.start();
        setup.traffic.sendRaw(1, "x".repeat(10 << 20).getBytes(StandardCharsets.UTF_8), headers(0));
        setup.traffic.send(20);

        setup.assertEverythingCameInOnce();
        assertThat(setup.deadLetters(1).getFirst().message().value()).hasSize(10 << 20);
    }

    private void send(String field, JsonNode value) {
        ObjectNode event = event();
        int slash = field.lastIndexOf('/');
        ((ObjectNode) event.at(field.substring(0, slash))).set(field.substring(slash + 1), value);
        send(event);
    }

    private void send(ObjectNode event) {
        RequestId id = new RequestId(event.path("requestId").asString());
        int place = sent.size();
        sent.put(id, event);
        places.put(id, place);
        byte[] bytes = ascii("{\"v\":1,\"event\":" + event + "}").getBytes(StandardCharsets.US_ASCII);
        setup.traffic.sendRaw(0, bytes, headers(place));
    }

    private Map<String, String> headers(int sequence) {
        return Map.of("journal", journal, "sequence", Integer.toString(sequence));
    }

    /** Reasons by place. */
    private Map<Integer, String> arrived() {
        setup.awaitCommitted();
        Map<Integer, String> refused = new HashMap<>();
        for (Letter letter : setup.deadLetters(sent.size() - (int) setup.rawCount())) {
            String[] place = letter.foundAt().split(":", -1);
            refused.put(Integer.parseInt(place[2]), letter.reason());
        }
        return refused;
    }

    /** Pointers to all fields of an event that are texts, or whole numbers. */
    private static List<String> fields(boolean isText) {
        List<String> fields = new ArrayList<>();
        collect("", event(), isText, fields);
        return fields.stream()
                .filter(field -> !field.equals("/requestId") && !field.equals("/caller/workspace"))
                .toList();
    }

    private static void collect(String pointer, JsonNode node, boolean isText, List<String> fields) {
        if (node.isObject()) {
            node.properties().forEach(each -> collect(pointer + "/" + each.getKey(), each.getValue(), isText, fields));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(pointer + "/" + i, node.get(i), isText, fields);
            }
        } else if (isText ? node.isString() : node.isNumber()) {
            fields.add(pointer);
        }
    }

    private static ObjectNode event() {
        return (ObjectNode)
                JSON.readTree(EventJson.encode(Traffic.full(RANDOM, WORKSPACE))).path("event");
    }

    private static RequestEvent read(ObjectNode event) {
        byte[] bytes = ascii("{\"v\":1,\"event\":" + event + "}").getBytes(StandardCharsets.US_ASCII);
        return (RequestEvent) EventJson.decode(bytes);
    }

    /** Halves of characters travel as escapes. */
    private static String ascii(String json) {
        StringBuilder text = new StringBuilder(json.length());
        json.chars().forEach(c -> text.append(c < 0x80 ? Character.toString(c) : "\\u%04x".formatted(c)));
        return text.toString();
    }

    private static List<String> values(Stream<String> values) {
        return values.toList();
    }

    private static UsageQuestion usage(Set<GroupBy> groups, String tag) {
        return new UsageQuestion(from(), from().plus(HOUR), Bucket.TOTAL, ZoneOffset.UTC, groups, tag);
    }

    private static Instant from() {
        return Instant.ofEpochMilli(Traffic.AT_MILLIS);
    }
}
