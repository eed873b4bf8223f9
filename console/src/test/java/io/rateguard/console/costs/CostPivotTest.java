package io.rateguard.console.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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

    private static final PartNames NAMES = new PartNames(Map.of());

    @Test
    void eachPartIsTheSumOfItsOwnPartsTheDearestFirst() {
        CostPivot pivot = pivot(row("openai", "a", 10, 1), row("anthropic", "c", 50, 3), row("openai", "b", 30, 2));

        assertThat(pivot.cost()).isEqualTo(Money.ofNanos(90));
        assertThat(pivot.requests()).isEqualTo(6);
        assertThat(pivot.parts()).extracting(Part::name).containsExactly("anthropic", "openai");
        Part openai = pivot.parts().get(1);
        assertThat(openai.cost()).isEqualTo(Money.ofNanos(40));
        assertThat(openai.requests()).isEqualTo(3);
        assertThat(openai.parts())
                .extracting(Part::path)
                .containsExactly(List.of("openai", "b"), List.of("openai", "a"));
    }

    @Test
    void aPartOfWhichSomeIsLeftOutIsWholeAllTheSame() {
        CostPivot pivot = pivot(
                row(null, null, 100, 10),
                List.of(row("openai", null, 60, 5), row("anthropic", null, 30, 4)),
                List.of(row("openai", "a", 10, 1), row("anthropic", "c", 30, 4)));

        assertThat(pivot.parts())
                .extracting(Part::name, part -> part.cost().nanos())
                .containsExactly(tuple("openai", 60L), tuple("anthropic", 30L), tuple("Everything else", 10L));
        assertThat(pivot.parts().getFirst().parts())
                .extracting(Part::name, part -> part.cost().nanos(), Part::requests)
                .containsExactly(tuple("a", 10L, 1L), tuple("Everything else", 50L, 4L));
        assertThat(pivot.parts().get(1).parts()).extracting(Part::name).containsExactly("c");
        assertThat(pivot.parts().getLast().requests()).isEqualTo(1);
    }

    @Test
    void nothingIsLeftOverWhereTheRowsAreEverything() {
        CostPivot pivot = pivot(row("openai", null, 30, 2));

        assertThat(pivot.parts()).hasSize(1);
        assertThat(pivot.parts().getFirst().parts()).extracting(Part::name).containsExactly("No model");
    }

    @Test
    void whatIsCalledLikeNothingIsNotAddedToIt() {
        CostPivot pivot = pivot(row("none", "No model", 30, 1), row("none", null, 20, 1), row(null, "none", 10, 1));

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

        CostPivot pivot = CostPivot.ofAll(
                List.of(row(first, 40), row(successor, 30), row(namesake, 20), row(unknown, 10)),
                List.of(new Dimension.Attribute(GroupBy.KEY)),
                new PartNames(named));

        assertThat(pivot.parts())
                .extracting(Part::name)
                .containsExactly("worker (rg_live_2…)", "worker (rg_live_3…)", unknown.toString());
        assertThat(pivot.cost(part(first.toString()))).contains(Money.ofNanos(70));
        assertThat(pivot.cost(part(namesake.toString()))).contains(Money.ofNanos(20));
    }

    @Test
    void whatIsLeftOverIsComparedWithWhatWasLeftOver() {
        CostPivot cut = pivot(
                row(null, null, 100, 10),
                List.of(row("Everything else", null, 40, 4)),
                List.of(row("Everything else", "a", 10, 1)));
        CostPivot all = pivot(row("Everything else", "a", 10, 1));

        Part restOfAll = cut.parts().getLast();
        Part restOfPart = cut.parts().getFirst().parts().getLast();
        assertThat(cut.cost(restOfAll)).contains(Money.ofNanos(60));
        assertThat(cut.cost(restOfPart)).contains(Money.ofNanos(30));
        assertThat(all.cost(restOfAll)).contains(Money.ZERO);
        assertThat(all.cost(restOfPart)).contains(Money.ZERO);
    }

    @Test
    void tellsWhatAPartCostAsFarAsItKnows() {
        CostPivot all = pivot(row("openai", "a", 10, 1), row("openai", "b", 30, 2));
        CostPivot cut = pivot(
                row(null, null, 100, 10),
                List.of(row("openai", null, 30, 3), row("gemini", null, 5, 1)),
                List.of(row("openai", "a", 10, 1), row("gemini", "g", 5, 1)));

        assertThat(all.cost(part("openai"))).contains(Money.ofNanos(40));
        assertThat(all.cost(part("openai", "b"))).contains(Money.ofNanos(30));
        assertThat(all.cost(part("openai", "c"))).contains(Money.ZERO);
        assertThat(all.cost(part("anthropic", "c"))).contains(Money.ZERO);
        assertThat(cut.cost(part("openai", "a"))).contains(Money.ofNanos(10));
        assertThat(cut.cost(part("openai", "c"))).as("it may be left over").isEmpty();
        assertThat(cut.cost(part("gemini", "h")))
                .as("nothing is left over there")
                .contains(Money.ZERO);
        assertThat(cut.cost(part("anthropic"))).isEmpty();
        assertThat(pivot().cost(part("openai"))).contains(Money.ZERO);
    }

    @Test
    void isEmptyWhereNothingHappened() {
        assertThat(pivot()).isEqualTo(new CostPivot(Money.ZERO, 0, List.of()));
    }

    /** All of it. */
    private static CostPivot pivot(UsageRow... rows) {
        return CostPivot.ofAll(List.of(rows), BY, NAMES);
    }

    /** Where some of the cheapest were left out. */
    private static CostPivot pivot(UsageRow whole, List<UsageRow> byApi, List<UsageRow> byModelToo) {
        return CostPivot.of(List.of(List.of(whole), byApi, byModelToo), BY, NAMES);
    }

    private static Part part(String... path) {
        return new Part(List.of(path), "", false, Money.ZERO, 0, List.of());
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
