package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.ApiHealth.Health;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApiHealthIT {

    private static final Instant END = SampleEvents.START.plus(SampleEvents.SPAN);
    private static final Instant MIDDLE = SampleEvents.START.plus(SampleEvents.SPAN.dividedBy(2));

    private static final Random RANDOM = new Random(8);

    private static Recorded recorded;
    private static ApiHealth question;
    private static WorkspaceId workspace;

    @BeforeAll
    static void record() {
        recorded = Recorded.of(8, 2, 1_000);
        question = new ApiHealth(recorded.clickHouse());
        workspace = recorded.samples().workspaces().getFirst();
    }

    @AfterAll
    static void close() {
        recorded.clickHouse().close();
    }

    @Test
    void tellsHowProvidersAnsweredInARangeByApi() {
        Map<String, List<RequestEvent>> byApi = recorded.events().stream()
                .filter(event -> event.caller().workspace().equals(workspace))
                .filter(event -> event.verdict().decision() == Decision.ALLOWED)
                .filter(event ->
                        !charged(event).isBefore(MIDDLE) && charged(event).isBefore(END))
                .collect(Collectors.groupingBy(event -> event.call().apiSlug()));

        Map<String, Health> told = question.ask(workspace, MIDDLE, END);

        assertThat(byApi).isNotEmpty();
        byApi.forEach((api, events) -> assertThat(told.get(api)).as(api).isEqualTo(oracle(events)));
    }

    @Test
    void looksFurtherBackForTheLastGoodAnswerToTheQuarterOfAnHour() {
        Instant quiet = END.plus(Duration.ofHours(1));

        Map<String, Health> told = question.ask(workspace, quiet, quiet.plus(Duration.ofMinutes(15)));

        assertThat(told).isNotEmpty().allSatisfy((api, health) -> {
            assertThat(health.requests()).isZero();
            assertThat(health.failed()).isZero();
            assertThat(health.lastFailedOutcome()).isNull();
            assertThat(health.lastGood()).isBetween(quiet.minus(Duration.ofDays(7)), END);
            assertThat(health.lastGood().getEpochSecond() % 900).isZero();
        });
    }

    @Test
    void takesWhatEndedWithoutAnAnswerForNeitherGoodNorFailed() {
        WorkspaceId impatient = new WorkspaceId(UUID.randomUUID());
        keep(
                event(impatient, "hangs", MIDDLE, 0, Outcome.CLIENT_GONE),
                event(impatient, "hangs", MIDDLE.plusSeconds(1), 0, Outcome.INTERRUPTED),
                event(impatient, "answers", MIDDLE, 200, Outcome.COMPLETED),
                event(impatient, "answers", MIDDLE.plusSeconds(1), 200, Outcome.CLIENT_GONE),
                event(impatient, "answers", MIDDLE.plusSeconds(2), 0, Outcome.CLIENT_GONE));

        Map<String, Health> told = question.ask(impatient, MIDDLE, MIDDLE.plus(Duration.ofMinutes(15)));

        assertThat(told)
                .containsOnly(
                        Map.entry("hangs", new Health(2, 0, 2, 0, null, 0, null)),
                        Map.entry("answers", new Health(3, 0, 1, 200_000, MIDDLE.plusSeconds(1), 0, null)));
    }

    /** The sums by the quarter of an hour know of no status. */
    @Test
    void doesNotTakeAnEarlierQuarterWithoutAnAnswerForTheLastGoodOne() {
        WorkspaceId impatient = new WorkspaceId(UUID.randomUUID());
        keep(
                event(impatient, "hangs", MIDDLE.minus(Duration.ofHours(1)), 0, Outcome.CLIENT_GONE),
                event(impatient, "hangs", MIDDLE, 0, Outcome.CLIENT_GONE));

        assertThat(question.ask(impatient, MIDDLE, MIDDLE.plus(Duration.ofMinutes(15))))
                .containsOnly(Map.entry("hangs", new Health(1, 0, 1, 0, null, 0, null)));
    }

    @Test
    void seesNothingOfAnotherWorkspace() {
        assertThat(question.ask(new WorkspaceId(UUID.randomUUID()), SampleEvents.START, END))
                .isEmpty();
    }

    private static Health oracle(List<RequestEvent> events) {
        List<RequestEvent> failed = events.stream()
                .filter(ApiHealthIT::isFailure)
                .sorted(byCharge())
                .toList();
        List<RequestEvent> good = events.stream()
                .filter(event -> !isFailure(event) && event.verdict().status() > 0)
                .sorted(byCharge())
                .toList();
        List<Long> micros = good.stream()
                .map(event -> event.times().upstreamMicros())
                .sorted()
                .toList();
        return new Health(
                events.size(),
                failed.size(),
                events.size() - failed.size() - good.size(),
                micros.get((int) (micros.size() * 0.95)),
                charged(good.getLast()),
                failed.isEmpty() ? 0 : failed.getLast().verdict().status(),
                failed.isEmpty() ? null : failed.getLast().verdict().outcome());
    }

    /** The upstream took as many milliseconds as its status says, or a minute. */
    private static RequestEvent event(WorkspaceId workspace, String api, Instant time, int status, Outcome outcome) {
        long at = time.toEpochMilli();
        long upstreamMicros = status == 0 ? 60_000_000 : status * 1_000L;
        return new RequestEvent(
                RequestId.create(at, RANDOM),
                new RequestEvent.Caller(workspace, null, null, null, null, Map.of()),
                new RequestEvent.Call(null, api, "GET", "/", "/", null, null, false, 0, 0, 1),
                new RequestEvent.Times(at, at, at, upstreamMicros, upstreamMicros, 0, 0),
                new RequestEvent.Verdict(Decision.ALLOWED, status, outcome, null, false),
                RequestEvent.Metering.NOTHING,
                List.of());
    }

    private static void keep(RequestEvent... events) {
        UUID journal = UUID.randomUUID();
        Recorded.insert(recorded.clickHouse(), List.of(events), journal, journal.toString());
    }

    private static boolean isFailure(RequestEvent event) {
        int status = event.verdict().status();
        return status >= 500
                || Set.of(401, 403, 408, 429).contains(status)
                || Set.of(Outcome.UNREACHABLE, Outcome.TIMEOUT, Outcome.UPSTREAM_CUT)
                        .contains(event.verdict().outcome());
    }

    private static Comparator<RequestEvent> byCharge() {
        return Comparator.comparing(ApiHealthIT::charged);
    }

    private static Instant charged(RequestEvent event) {
        return Instant.ofEpochMilli(event.times().chargedAtMillis());
    }
}
