package io.rateguard.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.id.ApiKeyId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LimitMatchTest {

    private static final ApiKeyId KEY = new ApiKeyId(new UUID(1, 2));
    private static final RequestFacts FACTS = new RequestFacts(
            "openai",
            "POST",
            "/v1/chat/completions",
            "gpt-4o",
            KEY,
            "search",
            "acme",
            Map.of("team", "search", "env", "prod"),
            "192.0.2.7");
    private static final RequestFacts BARE =
            new RequestFacts("openai", "GET", "/v1/models", null, KEY, null, null, Map.of(), "192.0.2.7");

    @Test
    void matchesAllWithoutConditions() {
        assertThat(LimitMatch.ALL.matches(FACTS)).isTrue();
        assertThat(LimitMatch.ALL.matches(BARE)).isTrue();
    }

    @Test
    void needsEveryConditionToHold() {
        LimitMatch all = new LimitMatch(
                "openai",
                Glob.ofPath("/v1/chat/**"),
                "post",
                Glob.ofName("gpt*"),
                KEY,
                "search",
                Map.of("team", "search"));

        assertThat(all.matches(FACTS)).isTrue();
        assertThat(with("anthropic", null, null, null, Map.of()).matches(FACTS)).isFalse();
        assertThat(with(null, "GET", null, null, Map.of()).matches(FACTS)).isFalse();
        assertThat(with(null, null, "claude*", null, Map.of()).matches(FACTS)).isFalse();
        assertThat(with(null, null, null, "other", Map.of()).matches(FACTS)).isFalse();
        assertThat(with(null, null, null, null, Map.of("team", "search", "env", "test"))
                        .matches(FACTS))
                .isFalse();
    }

    @Test
    void doesNotMatchARequestThatLacksWhatIsAskedFor() {
        assertThat(with(null, null, "*", null, Map.of()).matches(BARE)).isFalse();
        assertThat(with(null, null, null, "search", Map.of()).matches(BARE)).isFalse();
        assertThat(with(null, null, null, null, Map.of("team", "search")).matches(BARE))
                .isFalse();
    }

    @Test
    void countsApartByEachPartition() {
        assertThat(Partition.of(List.of(), FACTS)).isEqualTo("-");
        assertThat(Partition.of(List.of(Partition.Field.API, Partition.ofWireName("tag:team")), FACTS))
                .isEqualTo("6.openai6.search");
        assertThat(Partition.of(List.of(Partition.Field.CUSTOMER, Partition.Field.PROJECT), BARE))
                .isEqualTo("0.0.");
    }

    @Test
    void givesDifferentValuesDifferentCounters() {
        List<Partition> per =
                List.of(Partition.Field.CUSTOMER, Partition.Field.MODEL, new Partition.Tag("a"), Partition.Field.IP);
        SplittableRandom random = new SplittableRandom(7);
        Map<String, List<String>> valuesByName = new HashMap<>();
        for (int i = 0; i < 300_000; i++) {
            List<String> values = List.of(any(random), any(random), any(random), any(random));
            RequestFacts facts = new RequestFacts(
                    "api",
                    "POST",
                    "/",
                    values.get(1),
                    KEY,
                    null,
                    values.get(0),
                    Map.of("a", values.get(2)),
                    values.get(3));

            List<String> earlier = valuesByName.putIfAbsent(Partition.of(per, facts), values);

            assertThat(earlier == null || earlier.equals(values)).isTrue();
        }
        assertThat(valuesByName).hasSizeGreaterThan(10_000);
    }

    private static String any(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append("01.2-".charAt(random.nextInt(5)));
        }
        return text.toString();
    }

    private static LimitMatch with(String api, String method, String model, String project, Map<String, String> tags) {
        return new LimitMatch(api, null, method, model == null ? null : Glob.ofName(model), null, project, tags);
    }
}
