package io.rateguard.domain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rateguard.domain.event.RequestEvent.Call;
import io.rateguard.domain.event.RequestEvent.Caller;
import io.rateguard.domain.event.RequestEvent.Charge;
import io.rateguard.domain.event.RequestEvent.Metering;
import io.rateguard.domain.event.RequestEvent.Refusal;
import io.rateguard.domain.event.RequestEvent.Times;
import io.rateguard.domain.event.RequestEvent.Verdict;
import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RequestEventJsonTest {

    private static final RequestEvent FULL = new RequestEvent(
            RequestId.create(1_760_000_000_000L, () -> 42),
            new Caller(
                    new WorkspaceId(new UUID(1, 1)),
                    new ApiKeyId(new UUID(2, 2)),
                    "ci",
                    "search",
                    "acme \"& Söhne\" 𝄞",
                    Map.of("team", "search")),
            new Call(
                    new ApiId(new UUID(3, 3)),
                    "openai",
                    "POST",
                    "/v1/chat/completions",
                    "/v1/chat/completions",
                    "gpt-4o",
                    "gpt-4o-2024-11-20",
                    true,
                    1_234,
                    5_678,
                    2,
                    Long.MIN_VALUE),
            new Times(1_760_000_000_001L, 1_760_000_000_000L, 1_760_000_000_900L, 900_000, 880_000, 20_000, 300_000),
            new Verdict(
                    Decision.OVER_BUDGET,
                    402,
                    Outcome.REFUSED,
                    new Refusal("budget_exhausted", "rule", "monthly", "2026-11", 5, 4, 1_761_000_000_000L),
                    true,
                    List.of(new Refusal("rate_limited", "shadow", "tried out", "key", 6, 7, 1_761_000_000_001L))),
            new Metering(
                    Usage.of(Map.of(UsageClass.INPUT, 10L, UsageClass.OUTPUT, Long.MAX_VALUE)),
                    UsageSource.PROVIDER,
                    -9_007_199_254_740_993L,
                    "2026-08-21/openai/gpt-4o",
                    false,
                    "priority",
                    77,
                    3,
                    12_345L),
            List.of(new Charge(new BudgetId(new UUID(4, 4)), "2026-11", 1, 2, 3, 4)));

    private static final RequestEvent BARE = new RequestEvent(
            RequestId.create(0, () -> 0),
            new Caller(new WorkspaceId(new UUID(0, 0)), null, null, null, null, Map.of()),
            new Call(null, "openai", "GET", "/", "/", null, null, false, 0, 0, 0),
            new Times(0, 0, 0, 0, 0, 0, 0),
            new Verdict(Decision.UNAUTHENTICATED, 401, Outcome.REFUSED, null, false),
            Metering.NOTHING,
            List.of());

    @Test
    void isReadBackAsItWasWritten() {
        assertThat(RequestEventJson.decode(RequestEventJson.encode(FULL))).isEqualTo(FULL);
        assertThat(RequestEventJson.decode(RequestEventJson.encode(BARE))).isEqualTo(BARE);
    }

    @Test
    void startsWithItsVersion() {
        assertThat(text(RequestEventJson.encode(FULL))).startsWith("{\"v\":1,");
    }

    @Test
    void writesEveryFieldThatTheRecordsHave() {
        JsonNode event = event(tree(FULL));

        assertThat(event.propertyNames()).containsExactlyElementsOf(fields(RequestEvent.class));
        assertThat(event.get("caller").propertyNames()).containsExactlyElementsOf(fields(Caller.class));
        assertThat(event.get("call").propertyNames()).containsExactlyElementsOf(fields(Call.class));
        assertThat(event.get("times").propertyNames()).containsExactlyElementsOf(fields(Times.class));
        assertThat(event.get("verdict").propertyNames()).containsExactlyElementsOf(fields(Verdict.class));
        assertThat(event.at("/verdict/refusal").propertyNames()).containsExactlyElementsOf(fields(Refusal.class));
        assertThat(event.at("/verdict/shadowed/0").propertyNames()).containsExactlyElementsOf(fields(Refusal.class));
        assertThat(event.get("metering").propertyNames()).containsExactlyElementsOf(fields(Metering.class));
        assertThat(event.at("/charges/0").propertyNames()).containsExactlyElementsOf(fields(Charge.class));
    }

    private static List<String> fields(Class<? extends Record> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    @Test
    void writesWholeNumbersWhole() {
        assertThat(text(RequestEventJson.encode(FULL)))
                .contains("-9007199254740993")
                .contains("\"usage\":{\"input\":10,\"output\":9223372036854775807}");
    }

    @Test
    void passesOverWhatANewerProxyAdds() {
        ObjectNode tree = tree(FULL);
        tree.put("new", 1);
        event(tree).putObject("new").put("x", 1);
        ((ObjectNode) event(tree).get("call")).putArray("new").add(1);

        assertThat(RequestEventJson.decode(bytes(tree))).isEqualTo(FULL);
    }

    @Test
    void takesAbsentOptionsForNone() {
        ObjectNode tree = tree(BARE);
        ((ObjectNode) event(tree).get("caller")).remove(List.of("key", "keyName", "project", "customer"));
        ((ObjectNode) event(tree).get("verdict")).remove("refusal");

        assertThat(RequestEventJson.decode(bytes(tree))).isEqualTo(BARE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"v\":2,\"event\":{}}", "{\"v\":\"1\",\"event\":{}}", "{\"v\":1.0,\"event\":{}}", "{}"})
    void refusesAnotherVersion(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestEventJson.decode(json.getBytes(StandardCharsets.UTF_8)))
                .withMessageStartingWith("event version: ")
                .withMessageEndingWith(" (expected: 1)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "7",
                "\"text\"",
                "{",
                "{\"v\":1",
                "{\"v\":1}",
                "{\"v\":1,\"event\":null}",
                "{\"v\":1,\"event\":[]}",
                "{\"v\":1,\"event\":{}}",
                "{\"v\":1,\"event\":{\"requestId\":\"x\"}}",
                "\u0000\u0001"
            })
    void refusesGarbage(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestEventJson.decode(text.getBytes(StandardCharsets.UTF_8)))
                .withMessageStartingWith("event");
    }

    @Test
    void refusesWhatFollowsTheEvent() {
        byte[] twice = (text(RequestEventJson.encode(BARE)) + "{}").getBytes(StandardCharsets.UTF_8);

        assertThatIllegalArgumentException().isThrownBy(() -> RequestEventJson.decode(twice));
    }

    @Test
    void refusesAnEventWithoutWhatEveryEventHas() {
        for (String part : List.of("requestId", "caller", "call", "times", "verdict", "metering", "charges")) {
            ObjectNode without = tree(FULL);
            event(without).remove(part);
            ObjectNode withNull = tree(FULL);
            event(withNull).putNull(part);

            assertThatIllegalArgumentException().isThrownBy(() -> RequestEventJson.decode(bytes(without)));
            assertThatIllegalArgumentException().isThrownBy(() -> RequestEventJson.decode(bytes(withNull)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"x\"", "[]", "{\"input\":-1}", "{\"input\":\"1\"}", "{\"unheard_of\":1}"})
    void refusesAUsageThatIsNone(String usage) {
        ObjectNode tree = tree(FULL);
        ((ObjectNode) event(tree).get("metering"))
                .set("usage", JsonMapper.shared().readTree(usage));

        assertThatIllegalArgumentException().isThrownBy(() -> RequestEventJson.decode(bytes(tree)));
    }

    @Test
    void answersDamageWithOneKindOfError() {
        byte[] whole = RequestEventJson.encode(FULL);
        SplittableRandom random = new SplittableRandom(9);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                RequestEventJson.decode(damaged);
            } catch (IllegalArgumentException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(5_000);
    }

    private static ObjectNode tree(RequestEvent event) {
        return (ObjectNode) JsonMapper.shared().readTree(RequestEventJson.encode(event));
    }

    private static ObjectNode event(ObjectNode tree) {
        return (ObjectNode) tree.get("event");
    }

    private static byte[] bytes(JsonNode tree) {
        return text(tree).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(JsonNode tree) {
        return tree.toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
