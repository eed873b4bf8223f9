package io.rateguard.proxy.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEventJson;
import io.rateguard.domain.id.RequestId;
import io.rateguard.proxy.journal.EventShipping.RecordedEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What a reader makes of a topic: repeats dropped by the highest sequence seen of each journal in each partition. */
final class Kept {

    private final List<RequestEvent> events = new ArrayList<>();
    private final Map<UUID, TreeMap<Long, byte[]>> sequences = new HashMap<>();

    static Kept of(List<RecordedEvent> topic) {
        Kept kept = new Kept();
        Map<String, Long> marks = new HashMap<>();
        for (RecordedEvent each : topic) {
            kept.sameAsBefore(each);
            String place = each.partition() + "/" + each.journal();
            if (marks.getOrDefault(place, 0L) < each.sequence()) {
                marks.put(place, each.sequence());
                kept.events.add(RequestEventJson.decode(each.json()));
            }
        }
        return kept;
    }

    Map<RequestId, Outcome> outcomes() {
        Map<RequestId, Outcome> outcomes = new LinkedHashMap<>();
        for (RequestEvent each : events) {
            assertThat(outcomes.put(each.requestId(), each.verdict().outcome()))
                    .as("another event of %s", each.requestId())
                    .isNull();
        }
        return outcomes;
    }

    Kept hasNoGaps() {
        sequences.forEach((journal, each) -> {
            assertThat(each.firstKey()).as("first sequence of %s", journal).isEqualTo(1);
            assertThat(each.lastKey()).as("last sequence of %s", journal).isEqualTo(each.size());
        });
        return this;
    }

    private void sameAsBefore(RecordedEvent event) {
        byte[] before = sequences
                .computeIfAbsent(event.journal(), none -> new TreeMap<>())
                .put(event.sequence(), event.json());
        assertThat(before == null || Arrays.equals(before, event.json()))
                .as("(%s, %s) stays what it was", event.journal(), event.sequence())
                .isTrue();
    }
}
