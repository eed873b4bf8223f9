package io.rateguard.domain.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

    private static final long LAST_MILLIS = (1L << 48) - 1;

    @Test
    void hasTheFormItPromises() {
        SplittableRandom random = new SplittableRandom(1);

        for (int i = 0; i < 10_000; i++) {
            assertThat(RequestId.create(random.nextLong(LAST_MILLIS), random).value())
                    .matches("req_[0-9A-HJKMNP-TV-Z]{26}");
        }
        assertThat(RequestId.create(0, () -> 0)).hasToString("req_00000000000000000000000000");
        assertThat(RequestId.create(LAST_MILLIS, () -> -1)).hasToString("req_7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
    }

    @Test
    void sortsByTime() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 50_000; i++) {
            long earlier = random.nextLong(LAST_MILLIS);
            long later = Math.min(LAST_MILLIS, earlier + 1 + random.nextLong(1L << random.nextInt(40)));

            if (later > earlier) {
                assertThat(RequestId.create(earlier, random).value())
                        .isLessThan(RequestId.create(later, random).value());
            }
        }
    }

    @Test
    void differsWithinOneMillisecond() {
        SplittableRandom random = new SplittableRandom(3);
        Set<RequestId> ids = new HashSet<>();

        for (int i = 0; i < 100_000; i++) {
            ids.add(RequestId.create(1_760_000_000_000L, random));
        }

        assertThat(ids).hasSize(100_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "req_",
                "01HZZZZZZZZZZZZZZZZZZZZZZZ",
                "req_01HZZZZZZZZZZZZZZZZZZZZZZ",
                "req_01HZZZZZZZZZZZZZZZZZZZZZZZZZ",
                "req_01HZZZZZZZZZZZZZZZZZZZZZZI",
                "req_01HZZZZZZZZZZZZZZZZZZZZZZu",
                "REQ_01HZZZZZZZZZZZZZZZZZZZZZZZ"
            })
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestId(text))
                .withMessage("request id: " + text + " (expected: req_ and 26 characters of Crockford base 32)");
    }
}
