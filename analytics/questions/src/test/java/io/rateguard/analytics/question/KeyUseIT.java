package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeyUseIT {

    private static Recorded recorded;
    private static KeyUse question;

    @BeforeAll
    static void record() {
        recorded = Recorded.of(5, 2, 500);
        question = new KeyUse(recorded.clickHouse());
    }

    @AfterAll
    static void close() {
        recorded.clickHouse().close();
    }

    @Test
    void tellsTheLastMinuteOfEachKeySinceAnInstant() {
        WorkspaceId workspace = recorded.events().getFirst().caller().workspace();
        Instant middle = SampleEvents.START.plus(SampleEvents.SPAN.dividedBy(2)).truncatedTo(ChronoUnit.MINUTES);

        for (Instant since : new Instant[] {SampleEvents.START, middle}) {
            Map<ApiKeyId, Instant> expected = new HashMap<>();
            for (RequestEvent event : recorded.events()) {
                Instant minute =
                        Instant.ofEpochMilli(event.times().chargedAtMillis()).truncatedTo(ChronoUnit.MINUTES);
                if (event.caller().workspace().equals(workspace)
                        && event.caller().key() != null
                        && !minute.isBefore(since)) {
                    expected.merge(event.caller().key(), minute, (one, other) -> one.isAfter(other) ? one : other);
                }
            }

            Map<ApiKeyId, Instant> last = new HashMap<>(question.ask(workspace, since));
            last.remove(new ApiKeyId(new UUID(0, 0)));

            assertThat(last).isNotEmpty().isEqualTo(expected);
        }
    }

    @Test
    void seesNothingOfAnotherWorkspace() {
        assertThat(question.ask(new WorkspaceId(UUID.randomUUID()), SampleEvents.START))
                .isEmpty();
    }
}
