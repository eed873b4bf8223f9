package io.rateguard.console.costs;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.analytics.question.GroupBy;
import io.rateguard.analytics.question.UsageRow;
import io.rateguard.console.costs.CostPivot.Part;
import io.rateguard.console.keys.Keys;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.Usage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
                .extracting(Part::name)
                .containsExactly("anthropic", "openai", "Everything else");
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
        assertThat(pivot.parts().getFirst().parts().getFirst().name()).isEqualTo("No model");
    }

    @Test
    void whatIsCalledLikeNothingIsNotAddedToIt() {
        CostPivot pivot = pivot(
                row("whole", "", 60, 3),
                List.of(row("none", "No model", 30, 1), row("none", null, 20, 1), row(null, "none", 10, 1)));

        assertThat(pivot.parts()).extracting(Part::name).containsExactly("none", "No API");
        assertThat(pivot.parts().getFirst().parts())
                .extracting(Part::cost)
                .containsExactly(Money.ofNanos(30), Money.ofNanos(20));
    }

    @Test
    void keysAreAddedUpByTheirLinesAndThoseOfOneNameToldApart() {
        ApiKeyId first = key(1);
        ApiKeyId successor = key(2);
        ApiKeyId namesake = key(3);
        ApiKeyId unknown = key(4);
        Map<ApiKeyId, Keys.Named> named = new LinkedHashMap<>();
        named.put(first, new Keys.Named(first, "ci", "rg_live_1"));
        named.put(successor, new Keys.Named(first, "worker", "rg_live_2"));
        named.put(namesake, new Keys.Named(namesake, "worker", "rg_live_3"));

        CostPivot pivot = CostPivot.of(
                row(null, 100),
                List.of(row(first, 40), row(successor, 30), row(namesake, 20), row(unknown, 10)),
                List.of(new Dimension.Attribute(GroupBy.KEY)),
                new PartNames(named));

        assertThat(pivot.parts())
                .extracting(Part::name)
                .containsExactly("worker (rg_live_2…)", "worker (rg_live_3…)", unknown.toString());
        assertThat(pivot.cost(List.of(first.toString()))).contains(Money.ofNanos(70));
        assertThat(pivot.cost(List.of(namesake.toString()))).contains(Money.ofNanos(20));
    }

    @Test
    void whatIsLeftOverIsComparedWithWhatWasLeftOver() {
        CostPivot cut = pivot(row("whole", "", 100, 10), List.of(row("Everything else", "a", 10, 1)));
        CostPivot all = pivot(row("whole", "", 10, 1), List.of(row("Everything else", "a", 10, 1)));

        assertThat(cut.cost(cut.parts().getLast().path())).contains(Money.ofNanos(90));
        assertThat(all.cost(cut.parts().getLast().path())).contains(Money.ZERO);
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
        return CostPivot.of(whole, rows, BY, new PartNames(Map.of()));
    }

    private static ApiKeyId key(long number) {
        return new ApiKeyId(new UUID(0, number));
    }

    private static UsageRow row(ApiKeyId key, long nanos) {
        return new UsageRow(Instant.EPOCH, null, key, null, null, null, null, 1, 0, 0, nanos, Usage.NONE, null);
    }

    private static UsageRow row(String api, String model, long nanos, long requests) {
        return new UsageRow(Instant.EPOCH, api, null, null, model, null, null, requests, 0, 0, nanos, Usage.NONE, null);
    }
}
