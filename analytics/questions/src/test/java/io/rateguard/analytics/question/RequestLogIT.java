package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RequestLogIT {

    private static final Instant FROM = SampleEvents.START;
    private static final Instant TO = FROM.plus(SampleEvents.SPAN);

    private static Recorded recorded;
    private static RequestLog log;

    @BeforeAll
    static void record() {
        recorded = Recorded.of(7, 3, 2000);
        log = new RequestLog(recorded.clickHouse());
    }

    @AfterAll
    static void close() {
        recorded.clickHouse().close();
    }

    @Test
    void findsEachEventExactlyAsItWasRecorded() {
        for (RequestEvent event : recorded.events().subList(0, 100)) {
            assertThat(log.find(event.caller().workspace(), event.requestId())).contains(event);
        }
    }

    @Test
    void findsNothingOfAnotherWorkspace() {
        RequestEvent event = recorded.events().getFirst();
        WorkspaceId other = new WorkspaceId(UUID.randomUUID());

        assertThat(log.find(other, event.requestId())).isEmpty();
        assertThat(log.page(other, RequestFilter.between(FROM, TO), null, 10).items())
                .isEmpty();
        assertThat(log.find(event.caller().workspace(), RequestId.create(1, new Random(1))))
                .isEmpty();
    }

    @Test
    void pagesThroughEverythingOnceNewestFirst() {
        for (WorkspaceId workspace : recorded.samples().workspaces()) {
            List<RequestRow> rows = allPages(workspace, RequestFilter.between(FROM, TO), 97);

            assertThat(rows).isEqualTo(expected(workspace, event -> true));
        }
    }

    @Test
    void pagesThroughEverythingHoweverFewThereAreInADay() {
        WorkspaceId workspace = recorded.samples().workspaces().getLast();
        Instant never = Instant.parse("2199-12-31T00:00:00Z");

        for (int size : List.of(3, 50, RequestLog.MAX_ROWS)) {
            assertThat(allPages(workspace, RequestFilter.between(Instant.EPOCH, never), size))
                    .isEqualTo(expected(workspace, event -> true));
        }
    }

    @Test
    void keepsToItsRangeOfTime() {
        WorkspaceId workspace = recorded.samples().workspaces().getFirst();
        RequestEvent first = recorded.events().stream()
                .filter(event -> event.caller().workspace().equals(workspace))
                .findFirst()
                .orElseThrow();
        Instant from = Instant.ofEpochMilli(first.times().chargedAtMillis());
        Instant to = from.plus(Duration.ofHours(5));

        assertThat(allPages(workspace, RequestFilter.between(from, to), 1000))
                .isEqualTo(expected(
                        workspace,
                        event -> event.times().chargedAtMillis() >= from.toEpochMilli()
                                && event.times().chargedAtMillis() < to.toEpochMilli()))
                .contains(RequestRow.of(first));
    }

    @Test
    void filtersByEachField() {
        for (RequestEvent like : recorded.events().subList(0, 12)) {
            String api = like.call().apiSlug();
            agrees(like, filter(like, api, 0), event -> event.call().apiSlug().equals(api));
            agrees(
                    like,
                    filter(like, null, 1),
                    event -> like.caller().key() == null
                            || like.caller().key().equals(event.caller().key()));
            agrees(
                    like,
                    filter(like, null, 2),
                    event -> like.call().model() == null
                            || like.call().model().equals(event.call().model()));
            agrees(
                    like,
                    filter(like, null, 3),
                    event -> event.verdict().decision() == like.verdict().decision());
            agrees(
                    like,
                    filter(like, null, 4),
                    event -> event.verdict().status() == like.verdict().status());
            agrees(
                    like,
                    filter(like, null, 5),
                    event -> like.caller().customer() == null
                            || like.caller().customer().equals(event.caller().customer()));
            agrees(
                    like,
                    filter(like, null, 6),
                    event -> event.caller()
                            .tags()
                            .entrySet()
                            .containsAll(like.caller().tags().entrySet()));
        }
    }

    @Test
    void combinesFilters() {
        WorkspaceId workspace = recorded.samples().workspaces().getLast();
        RequestFilter filter = new RequestFilter(
                FROM, TO, "openai", recorded.samples().keys().getFirst(), null, Decision.ALLOWED, 200, null, Map.of());

        assertThat(allPages(workspace, filter, 3))
                .isEqualTo(expected(
                        workspace,
                        event -> event.call().apiSlug().equals("openai")
                                && recorded.samples()
                                        .keys()
                                        .getFirst()
                                        .equals(event.caller().key())
                                && event.verdict().decision() == Decision.ALLOWED
                                && event.verdict().status() == 200))
                .isNotEmpty();
    }

    @Test
    void tellsWhatHasComeInBehindAReach() {
        Recorded own = Recorded.of(31, 1, 5);
        WorkspaceId workspace = own.samples().workspaces().getFirst();
        RequestLog ownLog = new RequestLog(own.clickHouse());
        RequestFilter all = RequestFilter.between(FROM, TO.plus(Duration.ofDays(30)));
        long before = ownLog.reach(workspace, FROM);
        List<RequestEvent> more = own.samples().take(4);
        Recorded.insert(own.clickHouse(), more, "more");

        RequestLog.Arrivals arrivals = ownLog.arrivals(workspace, all, before, 100);

        // Each of the five first blocks has its only event at offset 0.
        assertThat(before).isZero();
        assertThat(arrivals.rows())
                .containsExactlyInAnyOrderElementsOf(
                        more.subList(1, 4).stream().map(RequestRow::of).toList());
        assertThat(arrivals.rows())
                .isSortedAccordingTo(Comparator.comparing(RequestRow::time).reversed());
        assertThat(arrivals.reach()).isEqualTo(3);
        RequestPage newest = ownLog.page(workspace, all, null, 2);
        assertThat(newest.items()).hasSize(2);
        assertThat(newest.reach()).isBetween(0L, 3L);
        assertThat(ownLog.page(workspace, all, null, 100).reach()).isEqualTo(3);
        assertThat(ownLog.page(new WorkspaceId(UUID.randomUUID()), all, null, 2).reach())
                .isEqualTo(-1);
        assertThat(ownLog.arrivals(workspace, all, 3, 100).rows()).isEmpty();
        assertThat(ownLog.reach(new WorkspaceId(UUID.randomUUID()), FROM)).isEqualTo(-1);
        own.clickHouse().close();
    }

    @Test
    void refusesALimitOutOfRange() {
        WorkspaceId workspace = recorded.samples().workspaces().getFirst();

        assertThatThrownBy(() -> log.page(workspace, RequestFilter.between(FROM, TO), null, 0))
                .hasMessage("limit: 0 (expected: 1 to 1000)");
    }

    private static RequestFilter filter(RequestEvent like, String api, int field) {
        return new RequestFilter(
                FROM,
                TO,
                api,
                field == 1 ? like.caller().key() : null,
                field == 2 ? like.call().model() : null,
                field == 3 ? like.verdict().decision() : null,
                field == 4 ? like.verdict().status() : null,
                field == 5 ? like.caller().customer() : null,
                field == 6 ? like.caller().tags() : Map.of());
    }

    private static void agrees(RequestEvent like, RequestFilter filter, Predicate<RequestEvent> oracle) {
        WorkspaceId workspace = like.caller().workspace();
        assertThat(allPages(workspace, filter, 1000))
                .as(filter.toString())
                .isEqualTo(expected(workspace, oracle))
                .isEqualTo(expected(workspace, event -> filter.accepts(RequestRow.of(event))))
                .contains(RequestRow.of(like));
    }

    private static List<RequestRow> allPages(WorkspaceId workspace, RequestFilter filter, int limit) {
        List<RequestRow> rows = new ArrayList<>();
        Cursor cursor = null;
        do {
            RequestPage page = log.page(workspace, filter, cursor, limit);
            rows.addAll(page.items());
            cursor = page.next() == null ? null : Cursor.parse(page.next().toString());
        } while (cursor != null);
        return rows;
    }

    private static List<RequestRow> expected(WorkspaceId workspace, Predicate<RequestEvent> oracle) {
        return recorded.events().stream()
                .filter(event -> event.caller().workspace().equals(workspace))
                .filter(oracle)
                .map(RequestRow::of)
                .sorted(Comparator.comparing(RequestRow::time)
                        .thenComparing(row -> row.requestId().value())
                        .reversed())
                .toList();
    }
}
