package io.rateguard.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.counters.Epoch;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndedTest {

    @ParameterizedTest
    @CsvSource({
        // held in, reported in, not known in: lost, missed
        "7, 0, 7, false, false",
        "7, 7, 7, false, false",
        "7, 9, 9, true, false",
        "9, 9, 9, false, false",
        "7, 7, 9, false, true",
        "7, 0, 9, false, true",
        "7, 9, 0, false, false",
    })
    void tellsWhatAStoreHasNotBeenToldOf(long heldIn, long reportedIn, long unknownIn, boolean lost, boolean missed) {
        Ended ended = new Ended(heldIn, reportedIn, CompletableFuture.completedStage(null));

        assertThat(Epoch.NONE).isZero();
        assertThat(ended.isLostIn(unknownIn)).isEqualTo(lost);
        assertThat(ended.isMissedBy(unknownIn)).isEqualTo(missed);
    }
}
