package io.rateguard.proxy.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.id.ApiKeyId;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnedOutputsTest {

    private static final ApiKeyId KEY = new ApiKeyId(new UUID(0, 1));

    private final LearnedOutputs learned = new LearnedOutputs(8);

    @Test
    void saysNothingOfFewRequests() {
        for (int i = 1; i < OutputHistogram.FEWEST; i++) {
            saw("m", 100);
        }
        assertThat(learned.usual(KEY, "m")).isEmpty();

        saw("m", 100);
        assertThat(learned.usual(KEY, "m").orElseThrow()).isBetween(100L, 119L);
        assertThat(learned.usual(KEY, "other")).isEmpty();
        assertThat(learned.usual(new ApiKeyId(new UUID(0, 2)), "m")).isEmpty();
        assertThat(learned.usual(KEY, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void ninetyFiveOfAHundredStayWithinWhatItSays(long seed) {
        Random random = new Random(seed);
        double spread = 0.2 + random.nextDouble();
        double mean = 1 + random.nextInt(8);
        long[] sizes = LongStream.generate(() -> Math.round(Math.exp(mean + spread * random.nextGaussian())))
                .limit(400)
                .toArray();
        for (long size : sizes) {
            saw("m", size);
        }
        Arrays.sort(sizes);
        long exact = sizes[sizes.length * 95 / 100 - 1];

        assertThat(learned.usual(KEY, "m").orElseThrow()).isBetween(exact, Math.max(2, (long) Math.ceil(exact * 1.2)));
    }

    @Test
    void followsWhatHasChanged() {
        for (int i = 0; i < 1_000; i++) {
            saw("m", 4_000);
        }
        for (int i = 0; i < 1_500; i++) {
            saw("m", 10);
        }

        assertThat(learned.usual(KEY, "m").orElseThrow()).isLessThan(20);
    }

    @Test
    void forgetsWhatHasBeenQuietForLong() {
        for (int i = 0; i < 20; i++) {
            saw("quiet", 10);
            saw("busy", 10);
        }
        for (int i = 0; i < 40; i++) {
            saw("model " + i, 10);
            saw("busy", 10);
        }

        assertThat(learned.usual(KEY, "busy")).isPresent();
        assertThat(learned.usual(KEY, "quiet")).isEmpty();
    }

    @Test
    void countsHowOftenMoreCameThanWasExpected() {
        learned.saw(KEY, "m", 10, 10);
        learned.saw(KEY, "m", 11, 10);
        learned.saw(KEY, "m", 0, 10);

        assertThat(learned.seen()).isEqualTo(3);
        assertThat(learned.exceeded()).isEqualTo(1);
    }

    private void saw(String model, long tokens) {
        learned.saw(KEY, model, tokens, tokens);
    }
}
