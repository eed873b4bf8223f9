package io.rateguard.console.requests.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.RequestRow;
import io.rateguard.console.requests.Rows;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrivedTest {

    private static final Instant START = Instant.parse("2026-11-27T09:00:00Z");

    private final List<RequestRow> log =
            IntStream.range(0, 50).mapToObj(age -> row("read " + age, -age)).toList();
    private final Arrived arrived = new Arrived();

    @Test
    void whatHasComeInStandsInFrontOnceItIsShown() {
        assertThat(rows(0, 2)).isEqualTo(log.subList(0, 2));
        arrived.add(List.of(row("second", 2), row("first", 1)));
        arrived.add(List.of(row("third", 3)));

        assertThat(rows(0, 2)).isEqualTo(log.subList(0, 2));
        assertThat(arrived.waiting()).isEqualTo(3);
        arrived.show();

        assertThat(arrived.waiting()).isZero();
        assertThat(rows(0, 5))
                .containsExactly(row("third", 3), row("second", 2), row("first", 1), log.get(0), log.get(1));
        assertThat(rows(2, 2)).containsExactly(row("first", 1), log.getFirst());
        assertThat(rows(5, 2)).isEqualTo(log.subList(2, 4));
    }

    @Test
    void whatTheLogHasSaidIsNoNews() {
        rows(0, 2);

        arrived.add(List.of(row("first", 1), log.get(1)));

        assertThat(arrived.waiting()).isEqualTo(1);
    }

    @Test
    void whatTheLogWillSayFurtherDownIsLeftToIt() {
        rows(0, 2);

        arrived.add(List.of(log.get(7)));

        assertThat(arrived.waiting()).isZero();
    }

    @Test
    void whatComesInBeforeTheLogIsReadWaitsUnlessTheLogSaysIt() {
        arrived.add(List.of(log.getFirst(), log.get(7)));
        arrived.add(List.of(row("early", 1)));
        assertThat(arrived.waiting()).isZero();

        arrived.know(log.subList(0, 2), false);
        assertThat(arrived.waiting()).isEqualTo(1);
        arrived.show();

        assertThat(rows(0, 3)).containsExactly(row("early", 1), log.get(0), log.get(1));
    }

    @Test
    void whatTheLogWouldSayFurtherDownIsToldIfItHasNothingThere() {
        assertThat(rows(0, 60)).hasSize(50);

        arrived.add(List.of(row("a slow one", -100)));

        assertThat(arrived.waiting()).isEqualTo(1);
    }

    @Test
    void ofTheSameInstantTheLogSaysTheLesserIdFurtherDown() {
        RequestRow lesser = row("lesser", 0);
        RequestRow greater = row("greater", 0);
        if (lesser.requestId().value().compareTo(greater.requestId().value()) > 0) {
            RequestRow other = lesser;
            lesser = greater;
            greater = other;
        }
        arrived.know(List.of(greater), false);

        arrived.add(List.of(lesser));

        assertThat(arrived.waiting()).isZero();
    }

    @Test
    void isReadAnewAfterAGapOrWhenItHasGrownTooLong() {
        rows(0, 2);
        arrived.add(IntStream.range(0, Arrived.MOST)
                .mapToObj(i -> row("new " + i, 1))
                .toList());
        assertThat(arrived.isStale()).isFalse();

        arrived.add(List.of(row("one more", 2)));

        assertThat(arrived.isStale()).isTrue();
        Arrived other = new Arrived();
        other.leaveGap();
        assertThat(other.isStale()).isTrue();
    }

    private List<RequestRow> rows(int offset, int limit) {
        return arrived.rows(
                offset,
                limit,
                (from, most) -> log.subList(Math.min(from, log.size()), Math.min(from + most, log.size())));
    }

    private static RequestRow row(String path, int seconds) {
        return Rows.of(path, START.plusSeconds(seconds));
    }
}
