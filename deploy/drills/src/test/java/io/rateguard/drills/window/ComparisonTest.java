package io.rateguard.drills.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.drills.window.Arrivals.Stretch;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final SlidingWindow HUNDRED_IN_TEN_SECONDS =
            new SlidingWindow(LimitUnit.REQUESTS, 100, Duration.ofSeconds(10));

    @Test
    void evenArrivalsBelowTheLimitAreCountedAsALogCountsThem() {
        long[] arrivals = Arrivals.EVEN_BELOW.in(new Stretch(10_000, 5, 100), 1);

        assertThat(Comparison.of(HUNDRED_IN_TEN_SECONDS, arrivals)).isEqualTo(new Comparison(450, 450, 450, 0, 0, 90));
    }

    @Test
    void aBurstAtAWindowsStartHoldsBackWhatALogWouldPassOneWindowLater() {
        Comparison seen = Comparison.of(HUNDRED_IN_TEN_SECONDS, at(100, 10_000, 1, 20_000));

        assertThat(seen).isEqualTo(new Comparison(101, 100, 101, 0, 100, 100));
    }

    @Test
    void aBurstAtAWindowsEndIsForgottenByThatShareOfTheNextOne() {
        Comparison seen = Comparison.of(HUNDRED_IN_TEN_SECONDS, at(100, 19_999, 100, 25_000));

        assertThat(seen).isEqualTo(new Comparison(200, 150, 100, 50, 0, 100));
    }

    @Test
    void everyShapeIsInOrderAndWithinItsStretch() {
        Stretch stretch = new Stretch(10_000, 4, 100);

        for (Arrivals arrivals : Arrivals.ALL) {
            long[] instants = arrivals.in(stretch, 3);

            assertThat(instants).as(arrivals.name()).isNotEmpty().isSorted();
            assertThat(instants[0]).as(arrivals.name()).isNotNegative();
            assertThat(instants[instants.length - 1]).as(arrivals.name()).isLessThan(stretch.millis());
        }
    }

    /** So many at one instant, then so many at another. */
    private static long[] at(int first, long firstMillis, int second, long secondMillis) {
        return LongStream.concat(
                        LongStream.generate(() -> firstMillis).limit(first),
                        LongStream.generate(() -> secondMillis).limit(second))
                .toArray();
    }
}
