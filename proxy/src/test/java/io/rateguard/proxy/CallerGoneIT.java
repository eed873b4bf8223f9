package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.UsageSource;
import io.rateguard.proxy.testbed.BudgetView;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Callers that leave before, during and after the reply: one record each, billed by what the provider reports. */
class CallerGoneIT {

    private static TestBed bed;

    @BeforeAll
    static void start() {
        bed = TestBed.start();
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    void aCallerWhoLeavesBeforeTheReplyIsBilledWhatTheProviderReports() throws IOException {
        Account account = account("before", "drain");

        try (Socket caller = connect()) {
            write(caller, account, false, "X-Demo-Latency-Millis: 300\r\n");
            await(account, events -> bed.provider().received().count() > 0);
        }

        RequestEvent event = theOnlyEvent(account);
        assertThat(event.verdict().outcome()).isEqualTo(Outcome.CLIENT_GONE);
        assertThat(event.metering().source()).isEqualTo(UsageSource.PROVIDER);
        assertThat(event.metering().costNanos()).isEqualTo(3_000 + 6_000);
        settled(account, 9_000);
    }

    @Test
    void aCallerWhoLeavesMidStreamIsBilledTheWholeReport() throws IOException {
        Account account = account("during", "drain");

        try (Socket caller = connect()) {
            write(caller, account, true, "X-Demo-Chunk-Delay-Millis: 50\r\nX-Demo-Chunks: 8\r\n");
            assertThat(caller.getInputStream().read()).isEqualTo('H');
        }

        RequestEvent event = theOnlyEvent(account);
        assertThat(event.verdict().outcome()).isEqualTo(Outcome.CLIENT_GONE);
        assertThat(event.metering().source()).isEqualTo(UsageSource.PROVIDER);
        settled(account, 9_000);
    }

    @Test
    void aCallerWhoLeavesMidStreamOfAnAbortingApiIsBilledWhatHadPassed() throws IOException {
        Account account = account("abort", "abort");

        try (Socket caller = connect()) {
            write(caller, account, true, "X-Demo-Chunk-Delay-Millis: 100\r\nX-Demo-Chunks: 8\r\n");
            assertThat(caller.getInputStream().read()).isEqualTo('H');
        }

        RequestEvent event = theOnlyEvent(account);
        assertThat(event.verdict().outcome()).isEqualTo(Outcome.CLIENT_GONE);
        assertThat(event.metering().source()).isIn(UsageSource.COUNTED, UsageSource.ESTIMATED);
        assertThat(event.metering().costNanos()).isPositive();
        settled(account, event.metering().costNanos());
    }

    @Test
    void aCallerWhoHasEverythingLeavesNothingBehind() throws IOException {
        Account account = account("after", "drain");

        try (Socket caller = connect()) {
            write(caller, account, false, "Connection: close\r\n");
            caller.getInputStream().readAllBytes();
        }

        assertThat(theOnlyEvent(account).verdict().outcome()).isEqualTo(Outcome.COMPLETED);
        settled(account, 9_000);
    }

    @Test
    void callersWhoLeaveAtAnyMomentLeaveNoHoldAndNoChargeWithoutARecord() throws IOException {
        Account account = account("any", "drain");
        Random random = new Random(7);

        for (int i = 0; i < 60; i++) {
            try (Socket caller = connect()) {
                write(caller, account, i % 2 == 0, "X-Demo-Latency-Millis: 5\r\n");
                LockSupport.parkNanos(random.nextInt(20_000_000));
            }
        }

        BudgetView view = new BudgetView(account.workspace(), account.budget());
        Money spent = view.onceNothingIsHeld();
        List<RequestEvent> recorded = bed.events().await(events -> charged(events, account) == spent.nanos());
        assertThat(charged(recorded, account)).isEqualTo(spent.nanos());
        assertThat(recorded.stream().map(RequestEvent::requestId)).doesNotHaveDuplicates();
    }

    private static long charged(List<RequestEvent> events, Account account) {
        return events.stream()
                .filter(it -> it.caller().workspace().equals(account.workspace()))
                .flatMap(it -> it.charges().stream())
                .mapToLong(RequestEvent.Charge::chargedNanos)
                .sum();
    }

    private static void settled(Account account, long nanos) {
        assertThat(new BudgetView(account.workspace(), account.budget()).onceNothingIsHeld())
                .isEqualTo(new Money(nanos));
    }

    private static RequestEvent theOnlyEvent(Account account) {
        List<RequestEvent> events = bed.events()
                .await(all ->
                        all.stream().anyMatch(it -> it.caller().workspace().equals(account.workspace())));
        List<RequestEvent> mine = events.stream()
                .filter(it -> it.caller().workspace().equals(account.workspace()))
                .toList();
        assertThat(mine).hasSize(1);
        return mine.getFirst();
    }

    private static void await(Account account, java.util.function.Predicate<Account> condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.test(account) && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(condition.test(account)).isTrue();
    }

    private static Account account(String slug, String clientGone) {
        WorkspaceId workspace = bed.newWorkspace(slug);
        bed.database().api(workspace, "demo", "demo", bed.provider().url(), "bearer", TestBed.UPSTREAM_SECRET);
        bed.database().execute("UPDATE apis SET client_gone = ? WHERE workspace_id = ?", clientGone, workspace.value());
        BudgetId budget = bed.database().budget(workspace, "month", 1_000_000_000L, "strict");
        bed.provider().received().clear();
        return new Account(workspace, budget, bed.database().key(workspace, slug));
    }

    private static Socket connect() throws IOException {
        return new Socket("127.0.0.1", bed.proxy().port());
    }

    private static void write(Socket caller, Account account, boolean stream, String headers) throws IOException {
        String body = "{\"model\":\"demo-small\",\"max_tokens\":10,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        String request = "POST /proxy/demo/v1/chat/completions HTTP/1.1\r\nHost: proxy\r\nAuthorization: Bearer "
                + account.key().secret() + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\nX-Demo-Input-Tokens: 20\r\nX-Demo-Output-Tokens: 10\r\n" + headers + "\r\n" + body;
        caller.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        caller.getOutputStream().flush();
    }

    private record Account(WorkspaceId workspace, BudgetId budget, TestKey key) {}
}
