package io.rateguard.console.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.rateguard.console.requests.CostExplanation.Line;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.ModelPrice;
import io.rateguard.domain.price.ShippedCatalogue;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CostExplanationTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final List<String> PROVIDERS = List.of("demo", "openai");
    private static final Usage USAGE = Usage.of(Map.of(UsageClass.INPUT, 5L, UsageClass.OUTPUT, 50L));

    private final ShippedCatalogue catalogue = ShippedCatalogue.load();
    private final ModelPrice price =
            catalogue.find(PROVIDERS, "demo-small", NOW).orElseThrow();

    @Test
    void addsUpToWhatWasCharged() {
        long charged = price.cost(USAGE).orElseThrow().nanos();

        CostExplanation explanation = CostExplanation.of(event(charged, price.version()), catalogue, PROVIDERS)
                .orElseThrow();

        assertThat(explanation.lines())
                .extracting(Line::usageClass)
                .containsExactly(UsageClass.INPUT, UsageClass.OUTPUT);
        assertThat(explanation.lines().stream().map(Line::nanos).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(BigDecimal.valueOf(charged));
    }

    @Test
    void explainsWhatTheMostOfACallCutShort() {
        ModelPrice own = new ModelPrice("override/x", price.rates(), Map.of(), OptionalLong.empty(), Money.ofNanos(7));

        CostExplanation explanation = CostExplanation.of(event("unheard-of", null, 7, own.version()), own)
                .orElseThrow();

        assertThat(explanation.charged()).isEqualTo(Money.ofNanos(7));
        assertThat(explanation.lines()).hasSize(2);
    }

    @Test
    void explainsTheTierThatWasServed() {
        ModelPrice gpt = catalogue.find(PROVIDERS, "gpt-4o", NOW).orElseThrow();
        long charged = gpt.served("priority").cost(USAGE).orElseThrow().nanos();

        CostExplanation explanation = CostExplanation.of(
                        event("gpt-4o", "priority", charged, gpt.version()), catalogue, PROVIDERS)
                .orElseThrow();

        assertThat(explanation.lines()).extracting(Line::usdPerMillion).containsExactly("4.25", "17");
    }

    @Test
    void findsThePriceThatAnEarlierProviderHasForTheSameName() {
        ModelPrice cerebras =
                catalogue.find(List.of("cerebras"), "gpt-oss-120b", NOW).orElseThrow();
        long charged = cerebras.cost(USAGE).orElseThrow().nanos();

        CostExplanation explanation = CostExplanation.of(
                        event("gpt-oss-120b", null, charged, cerebras.version()),
                        catalogue,
                        List.of("openai", "cerebras"))
                .orElseThrow();

        assertThat(explanation.lines()).extracting(Line::usdPerMillion).containsExactly("0.35", "0.75");
    }

    @Test
    void takesThePriceOfTheInstantAtWhichTheRequestArrived() {
        Instant arrived = Instant.parse("2026-08-31T23:59:59.999Z");
        List<String> anthropic = List.of("anthropic");
        ModelPrice before =
                catalogue.find(anthropic, "claude-sonnet-5", arrived).orElseThrow();
        long charged = before.cost(USAGE).orElseThrow().nanos();

        CostExplanation explanation = CostExplanation.of(
                        event("claude-sonnet-5", null, charged, before.version(), arrived, arrived.plusMillis(1)),
                        catalogue,
                        anthropic)
                .orElseThrow();

        assertThat(explanation.lines()).extracting(Line::usdPerMillion).containsExactly("2", "10");
    }

    @Test
    void explainsNothingThatWasNotSo() {
        long charged = price.cost(USAGE).orElseThrow().nanos();

        assertThat(CostExplanation.of(event(charged + 1, price.version()), catalogue, PROVIDERS))
                .isEmpty();
        assertThat(CostExplanation.of(event(charged, "2020-01-01/demo/demo-small"), catalogue, PROVIDERS))
                .isEmpty();
    }

    private static RequestEvent event(long costNanos, String priceVersion) {
        return event("demo-small", null, costNanos, priceVersion);
    }

    private static RequestEvent event(String model, @Nullable String serviceTier, long costNanos, String priceVersion) {
        return event(model, serviceTier, costNanos, priceVersion, NOW, NOW);
    }

    private static RequestEvent event(
            String model,
            @Nullable String serviceTier,
            long costNanos,
            String priceVersion,
            Instant arrived,
            Instant charged) {
        return new RequestEvent(
                new RequestId("req_" + "0".repeat(26)),
                new RequestEvent.Caller(new WorkspaceId(new UUID(0, 1)), null, null, null, null, Map.of()),
                new RequestEvent.Call(null, "demo", "POST", "/", "/", model, null, false, 1, 1, 1),
                new RequestEvent.Times(
                        charged.toEpochMilli(), arrived.toEpochMilli(), charged.toEpochMilli(), 1, 1, 1, 1),
                new RequestEvent.Verdict(Decision.ALLOWED, 200, Outcome.COMPLETED, null, false),
                new RequestEvent.Metering(
                        USAGE, UsageSource.PROVIDER, costNanos, priceVersion, false, serviceTier, 0, 0),
                List.of());
    }
}
