package io.rateguard.analytics.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEventJson;
import io.rateguard.domain.id.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayIT {

    private static final RequestEvent EVENT = Traffic.full(new Random(5), new WorkspaceId(new UUID(7, 7)));
    private static final byte[] BROKEN = "{\"v\":9}".getBytes(StandardCharsets.UTF_8);

    private static final Map<String, String> IN_JOURNAL =
            Map.of("journal", UUID.randomUUID().toString(), "sequence", "3");

    private final Setup setup = new Setup();
    private Replay replay;

    @BeforeEach
    void buryTwo() {
        replay = new Replay(new KafkaSettings(setup.bootstrap, Map.of()), setup.events);
        // The first has no place in a journal, which a replay gives it; the second cannot be read at all.
        setup.traffic.sendRaw(0, RequestEventJson.encode(EVENT), Map.of());
        setup.traffic.sendRaw(1, BROKEN, IN_JOURNAL);
        setup.start();
        setup.awaitCommitted();
        assertThat(setup.deadLetters(2)).hasSize(2);
        assertThat(setup.rawCount()).isZero();
    }

    @AfterEach
    void close() {
        setup.close();
    }

    @Test
    void lettersAreKeptForAsLongAsIsSaidAndNoLonger() {
        assertThat(setup.deadTopicSays("retention.ms"))
                .isEqualTo(Long.toString(setup.events.deadRetention().toMillis()));
        assertThat(setup.deadTopicSays("segment.ms")).isEqualTo("86400000");
    }

    @Test
    void sendsWhatCanBeReadBackAndItCountsOnceHoweverOften() {
        for (int i = 0; i < 3; i++) {
            List<Replay.Outcome> outcomes = replay.run(Map.of(), false);

            assertThat(outcomes).hasSize(2);
            assertThat(outcomes)
                    .extracting(Replay.Outcome::trouble)
                    .containsExactlyInAnyOrder("", "event version: 9 (expected: 1)");
            setup.awaitCommitted();
            assertThat(setup.rawCount()).isEqualTo(1);
        }
        assertThat(setup.one("SELECT sum(cost_nanos) AS cost FROM usage_by_minute")
                        .path("cost")
                        .asLong())
                .isEqualTo(EVENT.metering().costNanos());
        assertThat(setup.deadLetters(2)).hasSize(2);
    }

    @Test
    void aCorrectedLetterCountsOnceInPlaceOfWhatWasFound() {
        String place = unreadable().foundAt();
        byte[] corrected = RequestEventJson.encode(Traffic.full(new Random(6), new WorkspaceId(new UUID(8, 8))));

        for (int i = 0; i < 2; i++) {
            assertThat(replay.run(Map.of(place, corrected), false))
                    .extracting(Replay.Outcome::trouble)
                    .containsExactly("", "");
            setup.awaitCommitted();
            assertThat(setup.rawCount()).isEqualTo(2);
        }
    }

    @Test
    void whatAJournalSentTwiceCountsOnce() {
        setup.traffic.sendRaw(1, BROKEN, IN_JOURNAL);
        setup.awaitCommitted();
        List<Letter> letters = setup.deadLetters(3);
        byte[] corrected = RequestEventJson.encode(Traffic.full(new Random(6), new WorkspaceId(new UUID(8, 8))));
        Map<String, byte[]> corrections = letters.stream()
                .filter(letter -> letter.reason().startsWith("event version"))
                .collect(Collectors.toMap(Letter::foundAt, letter -> corrected));
        assertThat(corrections).hasSize(2);

        assertThat(replay.run(corrections, false))
                .extracting(Replay.Outcome::trouble)
                .containsOnly("");

        setup.awaitCommitted();
        assertThat(setup.rawCount()).isEqualTo(2);
    }

    @Test
    void aCorrectionThatCannotBeReadEitherStaysWhereItWasFoundFirst() {
        Letter letter = unreadable();

        List<Replay.Outcome> outcomes =
                replay.run(Map.of(letter.foundAt(), "no json".getBytes(StandardCharsets.UTF_8)), false);

        assertThat(outcomes)
                .extracting(Replay.Outcome::trouble)
                .anyMatch(trouble -> trouble.startsWith("event: Unrecognized token"));
        assertThat(setup.deadLetters(2)).hasSize(2);
    }

    @Test
    void aTrialSendsNothing() {
        List<Replay.Outcome> outcomes = replay.run(Map.of(), true);

        assertThat(ReplayMain.report(outcomes, true))
                .contains(setup.events.topic() + ":0:0: header journal: none (expected: one) → can be read now\n")
                .endsWith("1 to send, 1 cannot be read\n");
        setup.awaitCommitted();
        assertThat(setup.rawCount()).isZero();
    }

    @Test
    void refusesACorrectionOfALetterThatIsNotThere() {
        assertThatThrownBy(() -> replay.run(Map.of("elsewhere:0:1", BROKEN), false))
                .hasMessage("letter: elsewhere:0:1 (expected: where one of " + setup.events.deadTopic()
                        + " was found, as --list shows it)");
    }

    @Test
    void theCommandTellsWhatItExpects() {
        assertThat(ReplayMain.run(new String[] {"--everything"})).isEqualTo(2);
    }

    private Letter unreadable() {
        return setup.deadLetters(2).stream()
                .filter(letter -> letter.reason().startsWith("event version"))
                .findFirst()
                .orElseThrow();
    }
}
