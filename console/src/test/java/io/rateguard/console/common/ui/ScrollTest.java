package io.rateguard.console.common.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.rest.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScrollTest {

    private final List<String> asked = new ArrayList<>();

    @Test
    void readsEachPageOnceHoweverOftenTheGridAsks() {
        Scroll<Integer> scroll = new Scroll<>(logOf(250));

        assertThat(scroll.rows(0, 50)).isEqualTo(IntStream.range(0, 50).boxed().toList());
        assertThat(scroll.rows(50, 50))
                .isEqualTo(IntStream.range(50, 100).boxed().toList());
        assertThat(scroll.rows(0, 50)).isEqualTo(IntStream.range(0, 50).boxed().toList());
        assertThat(asked).containsExactly("start");

        assertThat(scroll.rows(200, 100))
                .isEqualTo(IntStream.range(200, 250).boxed().toList());
        assertThat(asked).containsExactly("start", "100", "200");
    }

    @Test
    void goesOnAfterAFirstPageThatIsThere() {
        Scroll<Integer> scroll = new Scroll<>(logOf(250).after(null, 30), logOf(250));
        asked.clear();

        assertThat(scroll.rows(0, 30)).isEqualTo(IntStream.range(0, 30).boxed().toList());
        assertThat(asked).isEmpty();
        assertThat(scroll.rows(20, 20))
                .isEqualTo(IntStream.range(20, 40).boxed().toList());
        assertThat(asked).containsExactly("30");
    }

    @Test
    void asksNothingAfterAFirstPageThatIsTheLast() {
        Scroll<Integer> scroll = new Scroll<>(logOf(3).after(null, 30), logOf(3));
        asked.clear();

        assertThat(scroll.rows(0, 50)).hasSize(3);
        assertThat(asked).isEmpty();
    }

    @Test
    void isEmptyBeyondItsEnd() {
        Scroll<Integer> scroll = new Scroll<>(logOf(3));

        assertThat(scroll.rows(0, 50)).hasSize(3);
        assertThat(scroll.rows(50, 50)).isEmpty();
    }

    @Test
    void endsWhereScrollingFindsNothingAnyMore() {
        Scroll<Integer> scroll = new Scroll<>(logOf(20_000));

        assertThat(scroll.rows(Scroll.MOST - 10, 50)).hasSize(10);
    }

    /** A log of numbers, whose cursors say which comes next. */
    private Scroll.Pages<Integer> logOf(int rows) {
        return (cursor, size) -> {
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            asked.add(cursor == null ? "start" : cursor);
            int to = Math.min(rows, from + size);
            return new Page<>(IntStream.range(from, to).boxed().toList(), to == rows ? null : Integer.toString(to));
        };
    }
}
