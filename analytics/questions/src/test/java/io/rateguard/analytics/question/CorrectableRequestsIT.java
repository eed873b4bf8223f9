package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.CorrectableRequests.Correctable;
import io.rateguard.analytics.table.AdjustmentRows;
import io.rateguard.analytics.table.Mark;
import io.rateguard.analytics.table.Marks;
import io.rateguard.analytics.table.Provenance;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CorrectableRequestsIT {

    private static final Instant FROM = SampleEvents.START;
    private static final Instant TO = FROM.plus(SampleEvents.SPAN);
    private static final UUID FIRST = new UUID(5, 1);
    private static final UUID SECOND = new UUID(5, 2);
    /** The samples are inserted in blocks that each begin at offset 0. */
    private static final long BLOCK = 200;

    private static Recorded recorded;
    private static WorkspaceId workspace;
    private static CorrectableRequests requests;
    private static Map<RequestId, List<Adjustment>> made;

    @BeforeAll
    static void record() {
        recorded = Recorded.of(31, 2, 1_000);
        workspace = recorded.samples().workspaces().getFirst();
        requests = new CorrectableRequests(recorded.clickHouse());
        made = new HashMap<>();
        adjust(FIRST, 3);
        adjust(SECOND, 5);
    }

    @AfterAll
    static void close() {
        recorded.clickHouse().close();
    }

    @Test
    void pagesThroughAllWithWhatOtherCorrectionsMade() {
        List<Correctable> all = all(Map.of(0, BLOCK), SECOND);

        assertThat(all).hasSize((int) own().count());
        for (Correctable each : all) {
            List<Adjustment> byFirst = made.getOrDefault(each.event().requestId(), List.of()).stream()
                    .filter(adjustment -> FIRST.equals(adjustment.reason().rerate()))
                    .toList();
            assertThat(each.adjustments()).isEqualTo(byFirst);
            assertThat(each.costNanos())
                    .isEqualTo(each.event().metering().costNanos()
                            + byFirst.stream().mapToLong(Adjustment::costNanos).sum());
        }
    }

    @Test
    void seesNothingThatWasTakenInLater() {
        assertThat(all(Map.of(0, 50L), UUID.randomUUID()))
                .hasSize(all(Map.of(0, 50L, 1, 9L), SECOND).size());
        assertThat(all(Map.of(0, 50L), SECOND).size()).isBetween(1, (int) own().count() - 1);
        assertThat(all(Map.of(1, BLOCK), SECOND)).isEmpty();
    }

    @Test
    void findsOneWithItsCorrectionsInTheOrderTheyWereMade() {
        RequestEvent twice = own().filter(
                        event -> made.getOrDefault(event.requestId(), List.of()).size() == 2)
                .findFirst()
                .orElseThrow();

        assertThat(requests.find(workspace, twice.requestId(), UUID.randomUUID()))
                .contains(new Correctable(twice, made.get(twice.requestId())));
        assertThat(new Adjustments(recorded.clickHouse()).of(workspace, recorded.events()))
                .isEqualTo(made);
        assertThat(new Adjustments(recorded.clickHouse())
                        .of(recorded.samples().workspaces().getLast(), List.of(twice)))
                .isEmpty();
    }

    @Test
    void keepsNoneOfOtherRequestsOfTheSameTime() {
        List<RequestEvent> inTime = own().filter(event -> made.containsKey(event.requestId()))
                .sorted(Comparator.comparing(event -> event.times().chargedAtMillis()))
                .toList();
        List<RequestEvent> ends = List.of(inTime.getFirst(), inTime.getLast());
        String api = inTime.getFirst().call().apiSlug();
        RequestFilter ofApi = new RequestFilter(FROM, TO, api, null, null, null, null, null, Map.of());
        Adjustments adjustments = new Adjustments(recorded.clickHouse());

        assertThat(adjustments
                        .withoutThoseOf(UUID.randomUUID(), workspace, RequestFilter.between(FROM, TO), ends)
                        .keySet())
                .containsExactlyInAnyOrder(
                        ends.getFirst().requestId(), ends.getLast().requestId());
        assertThat(adjustments
                        .withoutThoseOf(UUID.randomUUID(), workspace, ofApi, inTime)
                        .keySet())
                .containsExactlyInAnyOrderElementsOf(inTime.stream()
                        .filter(event -> event.call().apiSlug().equals(api))
                        .map(RequestEvent::requestId)
                        .toList());
    }

    @Test
    void theLogShowsWhatTheyCostNow() {
        List<RequestRow> page = new RequestLog(recorded.clickHouse())
                .page(workspace, RequestFilter.between(FROM, TO), null, 1_000)
                .items();

        assertThat(page).hasSize((int) own().count());
        Map<RequestId, RequestEvent> byId = new HashMap<>();
        own().forEach(event -> byId.put(event.requestId(), event));
        for (RequestRow row : page) {
            assertThat(row)
                    .isEqualTo(RequestRow.of(byId.get(row.requestId()), made.getOrDefault(row.requestId(), List.of())));
        }
    }

    @Test
    void marksTellHowFarEachPartitionIsTakenInAsAWhole() {
        Marks marks = new Marks(recorded.clickHouse(), "reaches");
        marks.save(
                Map.of(
                        0, List.of(new Mark(FIRST, 0, 10, 1), new Mark(SECOND, 0, 20, 1)),
                        3, List.of(new Mark(FIRST, 0, 7, 1))),
                "reaches");

        assertThat(marks.reaches()).isEqualTo(Map.of(0, 20L, 3, 7L));
    }

    private static Stream<RequestEvent> own() {
        return recorded.events().stream()
                .filter(event -> event.caller().workspace().equals(workspace));
    }

    private static List<Correctable> all(Map<Integer, Long> reach, UUID correction) {
        List<Correctable> all = new ArrayList<>();
        Cursor after = null;
        while (true) {
            List<Correctable> page =
                    requests.page(workspace, RequestFilter.between(FROM, TO), reach, after, 37, correction);
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
            RequestEvent last = page.getLast().event();
            after = new Cursor(last.times().chargedAtMillis(), last.requestId());
        }
    }

    /** Each so-manieth request. */
    private static void adjust(UUID journal, int each) {
        AdjustmentRows rows = new AdjustmentRows();
        List<RequestEvent> events = own().toList();
        for (int i = 0; i < events.size(); i += each) {
            RequestEvent event = events.get(i);
            Adjustment adjustment = Adjustment.of(
                    event,
                    new UUID(journal.getLeastSignificantBits(), i),
                    TO.toEpochMilli() + journal.getLeastSignificantBits(),
                    new Adjustment.Reason(journal, "Größe \"x\"", i % 2 == 0 ? null : "a\nnote"),
                    i - 100L,
                    "price of " + journal,
                    event.charges());
            rows.add(adjustment, new Provenance(0, 1_000 + i, journal, i));
            made.computeIfAbsent(event.requestId(), first -> new ArrayList<>()).add(adjustment);
        }
        recorded.clickHouse().insert(rows.block(), "adjust " + journal);
    }
}
