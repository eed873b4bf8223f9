package io.rateguard.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.alerts.testbed.Receiver.Received;
import io.rateguard.alerts.testbed.TestBed;
import io.rateguard.domain.id.WorkspaceId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signed webhooks to receivers of every temper, from two alerts services side by side. */
class WebhookIT {

    private static final String SECRET = "a secret of the tests";

    private static TestBed bed;

    private final WorkspaceId workspace = bed.workspace();
    private final String path = UUID.randomUUID().toString();

    @BeforeAll
    static void startTwo() {
        bed = new TestBed();
        bed.start(Duration.ofMinutes(1));
        bed.start(Duration.ofMinutes(1));
    }

    @AfterAll
    static void stop() {
        bed.close();
    }

    @Test
    void aTestArrivesSignedAndItsAnswerIsKept() {
        UUID delivery = queueTest();
        awaitState("delivered");

        Received event = received().getFirst();
        assertThat(received()).hasSize(1);
        assertThat(event.eventId()).isEqualTo(delivery.toString());
        assertThat(event.body().path("id").asString()).isEqualTo(delivery.toString());
        assertThat(event.body().path("type").asString()).isEqualTo("test");
        assertThat(event.signature())
                .isEqualTo(Signature.of(SECRET, Long.parseLong(String.valueOf(event.timestamp())), event.text()));
        assertThat(Instant.ofEpochSecond(Long.parseLong(String.valueOf(event.timestamp()))))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        assertThat(told("answer")).startsWith("200: heard at http://127.0.0.1:").doesNotContain(path);
    }

    @Test
    void aReceiverThatIsDownForAnHourHearsInTheEnd() {
        bed.slack().answer(path, 500, 429, 503);
        UUID delivery = queueTest();
        for (int attempts = 1; attempts <= 3; attempts++) {
            int failed = attempts;
            TestBed.await("attempt " + failed, () -> received().size() == failed && told("trouble") != null);
            assertThat(told("answer")).isNotNull();
            bed.pass(workspace, Duration.ofMinutes(20));
        }
        awaitState("delivered");

        assertThat(received()).extracting(Received::answered).containsExactly(500, 429, 503, 200);
        assertThat(received()).extracting(Received::eventId).containsOnly(delivery.toString());
    }

    @Test
    void whatCameWhileAReceiverWasDownIsHeardInOrderAndDelaysNobody() {
        bed.slack().answer(path, 500, 429);
        UUID channel = bed.webhookChannel(workspace, bed.slack().url(path), SECRET);
        List<String> queued = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            queued.add(bed.queueTest(workspace, channel).toString());
        }
        TestBed.await("an attempt", () -> !received().isEmpty());

        WorkspaceId other = bed.workspace();
        bed.queueTest(other, bed.webhookChannel(other, bed.slack().url("other"), SECRET));
        TestBed.await("another", () -> bed.states(other).equals(List.of("delivered")));
        assertThat(bed.states(workspace)).containsOnly("pending");
        bed.pass(workspace, Duration.ofHours(1));
        TestBed.await("all", () -> bed.states(workspace).stream().allMatch("delivered"::equals));

        assertThat(received())
                .filteredOn(each -> each.answered() == 200)
                .extracting(Received::eventId)
                .isEqualTo(queued);
        assertThat(received()).hasSize(7);
    }

    @Test
    void aReceiverThatTakesLongerThanALeaseHearsOnce() {
        CountDownLatch answering = bed.slack().hold(path);
        queueTest();
        TestBed.await("asked", () -> received().size() == 1);

        Instant taken = leasedUntil();
        TestBed.await("a lease later", () -> leasedUntil().isAfter(taken.plus(TestBed.LEASE)));
        answering.countDown();
        awaitState("delivered");

        assertThat(received()).hasSize(1);
    }

    @Test
    void whatNobodyTakesForADayIsGivenUp() {
        bed.slack().answer(path, 500, 500, 500, 500, 500);
        queueTest();
        TestBed.await("an attempt", () -> told("trouble") != null);

        bed.pass(workspace, Duration.ofDays(1));
        awaitState("failed");

        assertThat(told("trouble")).isEqualTo("webhook answered 500");
        assertThat(told("answer")).startsWith("500: heard at");
    }

    @Test
    void aRedirectIsNotFollowed() {
        bed.slack().answer(path, 307);
        queueTest();
        awaitState("delivered");

        assertThat(received()).extracting(Received::answered).containsExactly(307, 200);
        assertThat(bed.slack().received("elsewhere")).isEmpty();
    }

    @Test
    void noAddressThatTheGuardForbidsIsReached() {
        bed.queueTest(workspace, bed.webhookChannel(workspace, "http://169.254.169.254/latest", SECRET));
        awaitState("failed");

        assertThat(told("trouble"))
                .contains("a private, local or reserved address")
                .doesNotContain("latest");
    }

    @Test
    void aReceiverOfNonsenseAndOneThatIsSilentDelayNobody() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ServerSocket nonsense = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> babble(nonsense));
            WorkspaceId other = bed.workspace();
            UUID deaf = channelAt(other, silent);
            bed.queueTest(other, deaf);
            bed.queueTest(other, deaf);
            bed.queueTest(other, channelAt(other, nonsense));
            TestBed.await(
                    "nonsense is no answer",
                    () -> bed.owner()
                                    .sql(
                                            "SELECT count(*) FROM deliveries WHERE workspace_id = ? AND trouble LIKE 'webhook: %'")
                                    .param(other.value())
                                    .query(Integer.class)
                                    .single()
                            >= 1);

            queueTest();
            awaitState("delivered");

            assertThat(bed.states(other)).containsOnly("pending");
        }
    }

    private static void babble(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write("what is this\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private UUID channelAt(WorkspaceId owner, ServerSocket server) {
        return bed.webhookChannel(owner, "http://127.0.0.1:" + server.getLocalPort() + "/", SECRET);
    }

    private UUID queueTest() {
        return bed.queueTest(
                workspace, bed.webhookChannel(workspace, bed.slack().url(path), SECRET));
    }

    private void awaitState(String state) {
        TestBed.await(state, () -> bed.states(workspace).equals(List.of(state)));
    }

    private Instant leasedUntil() {
        return bed.owner()
                .sql("SELECT due_at FROM deliveries WHERE workspace_id = ?")
                .param(workspace.value())
                .query(Timestamp.class)
                .single()
                .toInstant();
    }

    private List<Received> received() {
        return bed.slack().received(path);
    }

    private String told(String column) {
        Map<String, Object> row = bed.owner()
                .sql("SELECT trouble, answer FROM deliveries WHERE workspace_id = ?")
                .param(workspace.value())
                .query()
                .singleRow();
        Object told = row.get(column);
        return told == null ? null : told.toString();
    }
}
