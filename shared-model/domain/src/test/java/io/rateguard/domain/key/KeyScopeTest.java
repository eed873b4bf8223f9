package io.rateguard.domain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyScopeTest {

    @Test
    void allowsEverythingUnlessItNamesSomething() {
        assertThat(KeyScope.ALL.allowsApi("demo")).isTrue();
        assertThat(KeyScope.ALL.allowsModel(null)).isTrue();
        assertThat(KeyScope.ALL.allowsEndpoint("/v1/models")).isTrue();
        assertThat(KeyScope.ALL.allowsAddress("")).isTrue();
    }

    @Test
    void allowsWhatOneOfItsPatternsMatches() {
        KeyScope scope = KeyScope.parse(
                Set.of("openai"), List.of("gpt-4o*", "o3"), List.of("/v1/Chat/**"), List.of("192.0.2.7"));

        assertThat(scope.allowsApi("openai")).isTrue();
        assertThat(scope.allowsApi("demo")).isFalse();
        assertThat(scope.allowsModel("gpt-4o-mini")).isTrue();
        assertThat(scope.allowsModel("o3-pro")).isFalse();
        assertThat(scope.allowsModel(null)).isFalse();
        assertThat(scope.allowsEndpoint("/v1/chat/completions")).isTrue();
        assertThat(scope.allowsEndpoint("/v1/embeddings")).isFalse();
        assertThat(scope.allowsAddress("192.0.2.7")).isTrue();
        assertThat(scope.allowsAddress("192.0.2.8")).isFalse();
        assertThat(scope.allowsAddress("example.com")).isFalse();
    }

    @Test
    void namesTheValueThatIsNone() {
        assertRefused(() -> KeyScope.parse(null, List.of("a", ""), List.of(), List.of()), "models: \"\" (expected: ");
        assertRefused(
                () -> KeyScope.parse(null, List.of(), List.of(), List.of("10.0.0.0/40")),
                "ipRanges: \"10.0.0.0/40\" (expected: ");
        assertRefused(
                () -> KeyScope.parse(null, Collections.nCopies(101, "a"), List.of(), List.of()),
                "models: 101 (expected: 100 at most)");
        assertRefused(
                () -> KeyScope.parse(null, List.of(), List.of("/" + "a".repeat(200)), List.of()),
                "endpoints: 201 characters (expected: ");
        assertRefused(
                () -> KeyScope.parse(null, Collections.singletonList(null), List.of(), List.of()),
                "models: null (expected: ");
    }

    private static void assertRefused(Runnable parse, String message) {
        assertThatThrownBy(parse::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
