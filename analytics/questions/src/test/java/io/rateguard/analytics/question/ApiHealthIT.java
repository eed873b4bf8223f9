package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.ApiHealth.Health;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApiHealthIT {

    private static final Instant END = SampleEvents.START.plus(SampleEvents.SPAN);
    private static final Instant MIDDLE = SampleEvents.START.plus(SampleEvents.SPAN.dividedBy(2));

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
                .filter(event -> !isFailure(event))
                .sorted(byCharge())
                .toList();
        List<Long> micros = good.stream()
                .map(event -> event.times().upstreamMicros())
                .sorted()
                .toList();
        return new Health(
                events.size(),
                failed.size(),
                micros.get((int) (micros.size() * 0.95)),
                charged(good.getLast()),
                failed.isEmpty() ? 0 : failed.getLast().verdict().status(),
                failed.isEmpty() ? null : failed.getLast().verdict().outcome());
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
