package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.RequestEvent;
import io.rateguard.embedded.fixture.Services;
import io.rateguard.proxy.journal.Ack;
import io.rateguard.proxy.journal.JournalSettings;
import io.rateguard.proxy.testbed.Gate;
import io.rateguard.proxy.testbed.RawCaller;
import io.rateguard.proxy.testbed.RawCaller.Answer;
import io.rateguard.proxy.testbed.RawUpstream;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code journal.ack=kafka} nobody is told that a call is over before Kafka has its event. */
class AcknowledgedByKafkaIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path temp;

    private TestBed bed;
    private Gate kafka;
    private TestKey key;

    @BeforeEach
    void start() throws IOException {
        bed = TestBed.start();
        kafka = new Gate();
        key = bed.key();
    }

    @AfterEach
    void stop() throws Exception {
        kafka.close();
        bed.close();
    }

    @Test
    void anAnswerEndsWhenKafkaHasItsEvent() throws Exception {
        CountDownLatch halves = new CountDownLatch(1);
        try (RawUpstream upstream = RawUpstream.start(call -> inTwoHalves(call, halves));
                Proxy proxy = proxy(Duration.ofMinutes(5));
                RawCaller whole = new RawCaller(proxy.port());
                RawCaller measured = new RawCaller(proxy.port());
                RawCaller chunked = new RawCaller(proxy.port());
                RawCaller refused = new RawCaller(proxy.port())) {
            bed.database().api(bed.workspace(), "rest", "demo", upstream.url(), "none", "");
            TestKey later = bed.key();
            whole.write(chat(later));
            measured.write(get("/proxy/rest/rest/measured", later));
            chunked.write(get("/proxy/rest/rest/chunked", later));
            refused.write(get("/proxy/nowhere/v1/models", later));
            Answer measuredHead = new Answer(measured.readHead(), "", "");
            Answer chunkedHead = new Answer(chunked.readHead(), "", "");
            assertThat(measured.read(5)).isEqualTo("01234");
            assertThat(chunked.read(8)).isEqualTo("5\r\nabcde");
            halves.countDown();
            assertThat(chunked.read(12)).isEqualTo("\r\n5\r\nfghij\r\n");

            until(() -> ManagementPort.of(proxy, "rateguard_journal_unshipped") >= 4);
            assertThat(whole.hasNothing()).isTrue();
            assertThat(measured.hasNothing()).isTrue();
            assertThat(chunked.hasNothing()).isTrue();
            assertThat(refused.hasNothing()).isTrue();
            until(() -> ready(proxy).equals("503 journal: Kafka does not acknowledge"));
            try (RawCaller another = new RawCaller(proxy.port())) {
                Answer turnedAway = another.write(chat(later)).read();
                assertThat(turnedAway.status()).isEqualTo(503);
                assertThat(turnedAway.body()).contains("journal_full");
            }

            openKafka();
            assertThat(measured.read(5)).isEqualTo("56789");
            assertThat(chunked.read(5)).isEqualTo("0\r\n\r\n");
            Answer completion = whole.read();
            Answer refusal = refused.read();
            List<String> inKafka = bed.events().all().stream()
                    .map(RequestEvent::requestId)
                    .map(id -> id.value())
                    .toList();

            assertThat(completion.status()).isEqualTo(200);
            assertThat(refusal.status()).isEqualTo(404);
            assertThat(inKafka)
                    .containsExactlyInAnyOrder(id(measuredHead), id(chunkedHead), id(completion), id(refusal));
            until(() -> ready(proxy).equals("200 ready"));
            assertThat(ManagementPort.of(proxy, "rateguard_journal_unacknowledged_ends"))
                    .isZero();
        }
    }

    @Test
    void anAnswerThatWasPaidForIsHandedOverThoughKafkaStaysAway() throws Exception {
        try (Proxy proxy = proxy(Duration.ofMillis(50));
                RawCaller caller = new RawCaller(proxy.port())) {
            Answer answer = caller.write(chat(key)).read();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(ManagementPort.of(proxy, "rateguard_journal_unacknowledged_ends"))
                    .isEqualTo(1);
            openKafka();
            assertThat(bed.events().of(id(answer)).verdict().status()).isEqualTo(200);
        }
    }

    /** They wait for Kafka with their replies in hand: what they hold is given free (the watch counts leaks). */
    @Test
    void callersThatLeaveWhileTheirAnswersWaitLeaveNothingBehind() throws Exception {
        try (Proxy proxy = proxy(Duration.ofMinutes(5))) {
            List<RawCaller> callers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                RawCaller caller = new RawCaller(proxy.port());
                callers.add(caller.write(chat(key)));
            }
            until(() -> ManagementPort.of(proxy, "rateguard_journal_unshipped") >= 20);
            for (RawCaller each : callers) {
                each.close();
            }
            openKafka();
            assertThat(bed.events().await(events -> events.size() == 20))
                    .allSatisfy(each -> assertThat(each.verdict().status()).isEqualTo(200));
        }
    }

    private static void inTwoHalves(RawUpstream.Call call, CountDownLatch halves) throws IOException {
        boolean measured = call.readHead().contains("measured");
        call.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                + (measured ? "Content-Length: 10\r\n\r\n01234" : "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"));
        try {
            if (!halves.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("nobody read the first half");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
        call.write(measured ? "56789" : "5\r\nfghij\r\n0\r\n\r\n");
    }

    private Proxy proxy(Duration ackTimeout) {
        ProxySettings it = bed.settings();
        Map<String, Object> producer = new HashMap<>(it.kafka());
        producer.put("bootstrap.servers", "127.0.0.1:" + kafka.port());
        return Proxy.start(TestBed.with(
                it,
                it.policy(),
                it.counters(),
                JournalSettings.defaults(temp, it.eventLoops()).withAck(Ack.KAFKA, ackTimeout),
                producer));
    }

    private void openKafka() throws IOException {
        String bootstrap = Services.kafka().bootstrapServers();
        kafka.openTo(Integer.parseInt(bootstrap.substring(bootstrap.lastIndexOf(':') + 1)));
    }

    private static String chat(TestKey key) {
        String body = TestBed.chatBody("demo-small", 10);
        return "POST /proxy/demo/v1/chat/completions HTTP/1.1\r\nHost: proxy\r\nAuthorization: Bearer " + key.secret()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String get(String path, TestKey key) {
        return "GET " + path + " HTTP/1.1\r\nHost: proxy\r\nAuthorization: Bearer " + key.secret() + "\r\n\r\n";
    }

    private static String id(Answer answer) {
        return answer.header("X-RateGuard-Request-Id").orElseThrow();
    }

    private static String ready(Proxy proxy) {
        try {
            return ManagementPort.ready(proxy);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
