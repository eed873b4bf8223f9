package io.rateguard.console.costs;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.GroupBy;
import io.rateguard.analytics.question.UsageRow;
import io.rateguard.console.costs.CostPivot.Part;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostPivotTest {

    private static final List<Dimension> BY =
            List.of(new Dimension.Attribute(GroupBy.API), new Dimension.Attribute(GroupBy.MODEL));

    @Test
    void eachPartIsTheSumOfItsOwnPartsTheDearestFirst() {
        CostPivot pivot = pivot(
                row("whole", "", 100, 10),
                List.of(row("openai", "a", 10, 1), row("anthropic", "c", 50, 3), row("openai", "b", 30, 2)));

        assertThat(pivot.cost()).isEqualTo(Money.ofNanos(100));
        assertThat(pivot.parts())
                .extracting(Part::path)
                .containsExactly(List.of("anthropic"), List.of("openai"), List.of("Everything else"));
        Part openai = pivot.parts().get(1);
        assertThat(openai.cost()).isEqualTo(Money.ofNanos(40));
        assertThat(openai.requests()).isEqualTo(3);
        assertThat(openai.parts())
                .extracting(Part::path)
                .containsExactly(List.of("openai", "b"), List.of("openai", "a"));
        Part rest = pivot.parts().getLast();
        assertThat(rest.cost()).isEqualTo(Money.ofNanos(10));
        assertThat(rest.requests()).isEqualTo(4);
        assertThat(pivot.parts().stream().mapToLong(part -> part.cost().nanos()).sum())
                .isEqualTo(100);
    }

    @Test
    void nothingIsLeftOverWhereTheRowsAreEverything() {
        CostPivot pivot = pivot(row("whole", "", 30, 2), List.of(row("openai", null, 30, 2)));

        assertThat(pivot.parts()).hasSize(1);
        assertThat(pivot.parts().getFirst().parts().getFirst().name()).isEqualTo("none");
    }

    @Test
    void tellsWhatAPartCostAsFarAsItKnows() {
        CostPivot all = pivot(row("whole", "", 40, 3), List.of(row("openai", "a", 10, 1), row("openai", "b", 30, 2)));
        CostPivot cut = pivot(row("whole", "", 100, 10), List.of(row("openai", "a", 10, 1)));

        assertThat(all.cost(List.of("openai"))).contains(Money.ofNanos(40));
        assertThat(all.cost(List.of("openai", "b"))).contains(Money.ofNanos(30));
        assertThat(all.cost(List.of("openai", "c"))).contains(Money.ZERO);
        assertThat(all.cost(List.of("anthropic", "c"))).contains(Money.ZERO);
        assertThat(cut.cost(List.of("openai", "a"))).contains(Money.ofNanos(10));
        assertThat(cut.cost(List.of("openai", "c"))).isEmpty();
        assertThat(pivot(null, List.of()).cost(List.of("openai"))).contains(Money.ZERO);
    }

    @Test
    void isEmptyWhereNothingHappened() {
        assertThat(pivot(null, List.of())).isEqualTo(new CostPivot(Money.ZERO, 0, List.of()));
    }

    private static CostPivot pivot(UsageRow whole, List<UsageRow> rows) {
        return CostPivot.of(whole, rows, BY, (dimension, value) -> value == null ? "none" : value);
    }

    private static UsageRow row(String api, String model, long nanos, long requests) {
        return new UsageRow(Instant.EPOCH, api, null, null, model, null, null, requests, 0, 0, nanos, Usage.NONE, null);
    }
}
