package io.rateguard.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.proxy.journal.Directories;
import io.rateguard.proxy.journal.JournalSettings;
import io.rateguard.proxy.testbed.BudgetView;
import io.rateguard.proxy.testbed.Gate;
import io.rateguard.proxy.testbed.RawCaller;
import io.rateguard.proxy.testbed.TestBed;
import io.rateguard.proxy.testbed.TestDatabase.TestKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal of a proxy that will not come back, taken up by {@code proxy.jar ship}. */
class ShipIT {

    private static final int CALLS = 5;

    @TempDir
    private Path temp;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void shipsAndSettlesWhatAGoneProxyLeft() throws Exception {
        try (TestBed bed = TestBed.start();
                Gate away = new Gate();
                Proxy gone = withoutKafka(bed.settings(), away);
                RawCaller slow = new RawCaller(gone.port())) {
            BudgetId budget = bed.database().budget(bed.workspace(), "month", 1_000_000_000L, "strict");
            TestKey key = bed.key();
            for (int i = 0; i < CALLS; i++) {
                try (RawCaller caller = new RawCaller(gone.port())) {
                    assertThat(caller.write(chat(key, 10, "")).read().status()).isEqualTo(200);
                }
            }
            slow.write(chat(key, 400, "X-Demo-Chunks: 400\r\nX-Demo-Chunk-Delay-Millis: 200\r\n"))
                    .readHead();
            // As its disk is at this moment.
            Path left = Directories.copy(temp.resolve("journal"), temp.resolve("left"));

            assertThat(ship(bed.settings(), left)).isZero();

            assertThat(said()).startsWith("6 events to ship").contains("6 events shipped, 0 left");
            List<RequestEvent> events = bed.events().await(seen -> seen.size() == CALLS + 1);
            assertThat(events)
                    .extracting(each -> each.verdict().outcome())
                    .containsOnlyOnce(Outcome.INTERRUPTED)
                    .contains(Outcome.COMPLETED);
            long charged = events.stream()
                    .flatMap(each -> each.charges().stream())
                    .mapToLong(RequestEvent.Charge::chargedNanos)
                    .sum();
            assertThat(charged).isPositive();
            assertThat(new BudgetView(bed.workspace(), budget)
                            .onceNothingIsHeld()
                            .nanos())
                    .isEqualTo(charged);

            said.reset();
            assertThat(ship(bed.settings(), left)).isZero();
            assertThat(said()).startsWith("0 events to ship");
            assertThat(bed.events().all()).hasSize(CALLS + 1);
        }
    }

    @Test
    void saysWhatIsLeftWhenKafkaStaysAway() throws Exception {
        try (TestBed bed = TestBed.start();
                Gate away = new Gate()) {
            try (Proxy gone = withoutKafka(bed.settings(), away);
                    RawCaller caller = new RawCaller(gone.port())) {
                assertThat(caller.write(chat(bed.key(), 10, "")).read().status())
                        .isEqualTo(200);
            }
            ProxySettings settings = settings(bed.settings(), away);

            assertThat(ShipMain.ship(settings, temp.resolve("journal"), Duration.ofSeconds(1), out()))
                    .isEqualTo(1);
            assertThat(said()).startsWith("1 events to ship").contains("0 events shipped, 1 left");
        }
    }

    @Test
    void refusesWhatItCannotMakeSenseOf() {
        assertThat(ShipMain.run(List.of())).isEqualTo(2);
        assertThat(ShipMain.run(List.of(temp.resolve("nowhere").toString()))).isEqualTo(2);
        assertThat(ShipMain.run(List.of(temp.toString(), "--within", "soon"))).isEqualTo(2);
        assertThat(ShipMain.run(List.of(temp.toString(), "--within", "0s"))).isEqualTo(2);
        assertThat(ShipMain.run(List.of(temp.toString(), "--quickly"))).isEqualTo(2);
        assertThat(temp).isEmptyDirectory();
    }

    private int ship(ProxySettings settings, Path directory) {
        return ShipMain.ship(settings, directory, Duration.ofMinutes(1), out());
    }

    private PrintStream out() {
        return new PrintStream(said, true, StandardCharsets.UTF_8);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private Proxy withoutKafka(ProxySettings it, Gate kafka) {
        return Proxy.start(settings(it, kafka));
    }

    private ProxySettings settings(ProxySettings it, Gate kafka) {
        Map<String, Object> producer = new HashMap<>(it.kafka());
        producer.put("bootstrap.servers", "127.0.0.1:" + kafka.port());
        JournalSettings defaults = JournalSettings.defaults(temp.resolve("journal"), it.eventLoops());
        return TestBed.with(
                it,
                it.policy(),
                it.counters(),
                new JournalSettings(
                        defaults.directory(),
                        defaults.writers(),
                        defaults.segmentBytes(),
                        defaults.capBytes(),
                        Duration.ZERO),
                producer);
    }

    private static String chat(TestKey key, int maxTokens, String headers) {
        String body = TestBed.chatBody("demo-small", maxTokens).replace("{\"model\"", "{\"stream\":true,\"model\"");
        return "POST /proxy/demo/v1/chat/completions HTTP/1.1\r\nHost: proxy\r\nAuthorization: Bearer " + key.secret()
                + "\r\n" + headers + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }
}
