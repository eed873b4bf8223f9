package io.rateguard.console.requests.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.Cursor;
import io.rateguard.analytics.question.RequestPage;
import io.rateguard.analytics.question.RequestRow;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestScrollTest {

    private static final RequestId ID = new RequestId("req_" + "0".repeat(26));

    private final List<String> asked = new ArrayList<>();

    @Test
    void readsEachPageOnceHoweverOftenTheGridAsks() {
        RequestScroll scroll = new RequestScroll(logOf(250));

        assertThat(statuses(scroll.rows(0, 50)))
                .isEqualTo(IntStream.range(0, 50).boxed().toList());
        assertThat(statuses(scroll.rows(50, 50)))
                .isEqualTo(IntStream.range(50, 100).boxed().toList());
        assertThat(statuses(scroll.rows(0, 50)))
                .isEqualTo(IntStream.range(0, 50).boxed().toList());
        assertThat(asked).containsExactly("start");

        assertThat(statuses(scroll.rows(200, 100)))
                .isEqualTo(IntStream.range(200, 250).boxed().toList());
        assertThat(asked).containsExactly("start", "100", "200");
    }

    @Test
    void isEmptyBeyondItsEnd() {
        RequestScroll scroll = new RequestScroll(logOf(3));

        assertThat(scroll.rows(0, 50)).hasSize(3);
        assertThat(scroll.rows(50, 50)).isEmpty();
    }

    @Test
    void endsWhereScrollingFindsNothingAnyMore() {
        RequestScroll scroll = new RequestScroll(logOf(20_000));

        assertThat(scroll.rows(RequestScroll.MOST - 10, 50)).hasSize(10);
    }

    /** A log whose rows carry their number as their status, and whose cursors carry it as their time. */
    private RequestScroll.Pages logOf(int rows) {
        return (cursor, size) -> {
            int from = cursor == null ? 0 : Math.toIntExact(cursor.chargedAtMillis());
            asked.add(cursor == null ? "start" : Integer.toString(from));
            int to = Math.min(rows, from + size);
            return new RequestPage(
                    IntStream.range(from, to).mapToObj(RequestScrollTest::row).toList(),
                    to == rows ? null : new Cursor(to, ID));
        };
    }

    private static List<Integer> statuses(List<RequestRow> rows) {
        return rows.stream().map(RequestRow::status).toList();
    }

    private static RequestRow row(int number) {
        return new RequestRow(
                ID,
                Instant.EPOCH,
                "demo",
                null,
                null,
                "GET",
                "/",
                null,
                Decision.ALLOWED,
                number,
                Money.ZERO,
                null,
                Usage.NONE,
                UsageSource.NONE,
                false,
                new RequestRow.Latency(0, 0, 0, 0),
                null,
                Map.of(),
                null);
    }
}
