package io.rateguard.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, /v1/chat/completions, true",
        "/v1/chat/completions, /v1/chat/completions/, false",
        "/v1/*/completions, /v1/chat/completions, true",
        "/v1/*/completions, /v1/a/b/completions, false",
        "/v1/**, /v1/a/b/c, true",
        "/v1/**, /v1/, true",
        "/v1/**, /v1, false",
        "/v1/**/messages, /v1/a/b/messages, true",
        "/v1/*, /v1/a/, false",
        "/**, /, true",
        "/a.c, /abc, false",
        "/a*b*c, /a1b2c, true",
        "/***x, /a/bx, true",
        "/V1/Chat/*, /v1/chat/completions, true"
    })
    void matchesPathsBySegment(String pattern, String path, boolean matches) {
        assertThat(Glob.ofPath(pattern).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o*, gpt-4o-mini, true",
        "gpt-4o*, gpt-4o, true",
        "gpt-4o*, gpt-4, false",
        "*mini, gpt-4o-mini, true",
        "*/llama*, meta/llama-3/8b, true",
        "gpt-4o, GPT-4o, false",
        "a\\Eb*, a\\Ebc, true"
    })
    void matchesNamesAcrossEverything(String pattern, String name, boolean matches) {
        assertThat(Glob.ofName(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void isNotEvadedByALineBreak() {
        assertThat(Glob.ofName("gpt*").matches("gpt\n4")).isTrue();
        assertThat(Glob.ofPath("/v1/**").matches("/v1/a\nb")).isTrue();
        assertThat(Glob.ofName("gpt").matches("gpt\n")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/**, /v1/chat/completions, true",
        "/v1/chat, /v1/chat/completions, false",
        "/v1/models/*, /v1/models/**, true",
        "/v1/*/x, /v1/**, true",
        "/v1/*, /v2/*, false",
        "/v1beta/models/gemini*, /v1beta/models/*:generateContent, true",
        "/v1beta/models/*/x, /v1beta/models/*:generateContent, false",
        "/**, /a, true",
        "/a*, /*b, true",
        "/a*c, /ab, false"
    })
    void meetsAnotherWhereSomeTextMatchesBoth(String one, String other, boolean meets) {
        assertThat(Glob.ofPath(one).meets(Glob.ofPath(other))).isEqualTo(meets);
        assertThat(Glob.ofPath(other).meets(Glob.ofPath(one))).isEqualTo(meets);
    }

    @Test
    void meetsWhateverItMatches() {
        SplittableRandom random = new SplittableRandom(2);
        int met = 0;
        for (int i = 0; i < 50_000; i++) {
            Glob one = Glob.ofPath("/" + any(random, "ab/**", 6));
            Glob other = Glob.ofPath("/" + any(random, "ab/**", 6));
            String path = "/" + any(random, "ab/", 6);
            if (one.matches(path) && other.matches(path)) {
                met++;
                assertThat(one.meets(other))
                        .as("%s and %s at %s", one, other, path)
                        .isTrue();
            }
            assertThat(one.meets(Glob.ofPath(path))).as("%s at %s", one, path).isEqualTo(one.matches(path));
        }
        assertThat(met).isGreaterThan(500);
    }

    @Test
    void agreesWithTryingEveryWay() {
        SplittableRandom random = new SplittableRandom(1);
        int matched = 0;
        for (int i = 0; i < 200_000; i++) {
            String pattern = "/" + any(random, "ab/**", 8);
            String path = "/" + any(random, "ab/", 8);
            boolean expected = tryEveryWay(pattern, path);
            assertThat(Glob.ofPath(pattern).matches(path))
                    .as("%s on %s", pattern, path)
                    .isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isGreaterThan(1_000);
    }

    @Test
    void matchesHostilePatternsInTimeThatAddsUp() {
        Glob hostile = Glob.ofName("*a".repeat(200) + "b");

        assertThat(hostile.matches("a".repeat(8_000))).isFalse();
    }

    @Test
    void isEqualWhenItMatchesAlike() {
        assertThat(Glob.ofPath("/v1/*")).isEqualTo(Glob.ofPath("/v1/*")).hasSameHashCodeAs(Glob.ofPath("/v1/*"));
        assertThat(Glob.ofPath("/v1/*")).isNotEqualTo(Glob.ofPath("/v1/**"));
        assertThat(Glob.ofName("/v1/*")).isNotEqualTo(Glob.ofPath("/v1/*"));
        assertThat(Glob.ofPath("/v1/*")).hasToString("/v1/*");
    }

    @Test
    void namesWhatIsNoPattern() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Glob.ofPath("v1"))
                .withMessage("path: v1 (expected: a pattern that starts with /)");
        assertThatIllegalArgumentException().isThrownBy(() -> Glob.ofName(" "));
    }

    private static String any(SplittableRandom random, String alphabet, int mostChars) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(mostChars); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static boolean tryEveryWay(String pattern, String path) {
        if (pattern.isEmpty()) {
            return path.isEmpty();
        }
        if (pattern.charAt(0) != '*') {
            return !path.isEmpty()
                    && path.charAt(0) == pattern.charAt(0)
                    && tryEveryWay(pattern.substring(1), path.substring(1));
        }
        boolean twice = pattern.startsWith("**");
        String rest = pattern.substring(twice ? 2 : 1);
        for (int end = 0; end <= path.length(); end++) {
            if (!twice && path.substring(0, end).contains("/")) {
                return false;
            }
            if (tryEveryWay(rest, path.substring(end))) {
                return true;
            }
        }
        return false;
    }
}
