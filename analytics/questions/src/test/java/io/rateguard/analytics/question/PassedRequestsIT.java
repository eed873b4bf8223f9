package io.rateguard.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.PassedRequests.Passed;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PassedRequestsIT {

    private static final Instant FROM = SampleEvents.START;
    private static final Instant TO = FROM.plus(SampleEvents.SPAN);

    private static Recorded recorded;
    private static WorkspaceId workspace;

    @BeforeAll
    static void record() {
        recorded = Recorded.of(37, 2, 1_000);
        workspace = recorded.samples().workspaces().getFirst();
    }

    @AfterAll
    static void close() {
        recorded.clickHouse().close();
    }

    @Test
    void areThoseThatWereLetThroughOldestFirst() {
        List<RequestEvent> expected = expected(event -> true);
        List<Passed> passed = ask(FROM, TO, null, List.of(), 1_000);

        assertThat(passed).extracting(Passed::id).isEqualTo(ids(expected));
        for (int i = 0; i < passed.size(); i++) {
            RequestEvent event = expected.get(i);
            assertThat(passed.get(i))
                    .isEqualTo(new Passed(
                            event.requestId(),
                            event.caller().key(),
                            event.caller().project(),
                            event.caller().customer(),
                            event.caller().tags(),
                            event.call().apiSlug(),
                            event.call().method(),
                            event.call().path(),
                            event.call().model(),
                            event.times().chargedAtMillis(),
                            event.times().chargedAtMillis() + event.times().totalMicros() / 1_000,
                            event.metering().usage(),
                            Money.ofNanos(event.metering().costNanos())));
        }
    }

    @Test
    void canBeOfOneApiOrSomeKeysOrARange() {
        List<ApiKeyId> keys = recorded.samples().keys().subList(0, 2);
        Instant later = FROM.plusSeconds(100_000);

        assertThat(ask(FROM, TO, "openai", List.of(), 1_000))
                .extracting(Passed::id)
                .isEqualTo(ids(expected(event -> event.call().apiSlug().equals("openai"))));
        assertThat(ask(FROM, TO, null, keys, 1_000))
                .extracting(Passed::id)
                .isEqualTo(ids(expected(event -> keys.contains(event.caller().key()))));
        assertThat(ask(later, TO, null, List.of(), 1_000))
                .extracting(Passed::id)
                .isEqualTo(ids(expected(event -> event.times().chargedAtMillis() >= later.toEpochMilli())));
    }

    @Test
    void areNoMoreThanWasAskedFor() {
        assertThat(ask(FROM, TO, null, List.of(), 7))
                .extracting(Passed::id)
                .isEqualTo(ids(expected(event -> true)).subList(0, 7));
    }

    private static List<Passed> ask(Instant from, Instant to, String api, List<ApiKeyId> keys, int most) {
        List<Passed> passed = new ArrayList<>();
        new PassedRequests(recorded.clickHouse()).ask(workspace, from, to, api, keys, most, passed::add);
        return passed;
    }

    private static List<RequestEvent> expected(Predicate<RequestEvent> wanted) {
        return recorded.events().stream()
                .filter(event -> event.caller().workspace().equals(workspace)
                        && event.verdict().decision() == Decision.ALLOWED
                        && event.caller().key() != null)
                .filter(wanted)
                .sorted(Comparator.<RequestEvent>comparingLong(
                                event -> event.times().chargedAtMillis())
                        .thenComparing(event -> event.requestId().value()))
                .toList();
    }

    private static List<RequestId> ids(List<RequestEvent> events) {
        return events.stream().map(RequestEvent::requestId).toList();
    }
}
