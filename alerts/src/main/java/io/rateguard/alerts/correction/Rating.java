package io.rateguard.alerts.correction;

import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.UpstreamPath;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEvent.Metering;
import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.CallPrice;
import io.rateguard.domain.price.JsonPointer;
import io.rateguard.domain.price.ModelPrice;
import io.rateguard.domain.price.Priced;
import io.rateguard.domain.price.WorkspacePrices;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What recorded requests cost at other prices, as a proxy would have charged them.
 *
 * @param profiles of the APIs
 * @param values the number in a reply that each price of calls, by its version, has ever gone by
 */
record Rating(WorkspacePrices prices, Map<ApiId, Profile> profiles, Map<String, JsonPointer> values) {

    private static final int ERRORS_FROM = 400;

    Rating {
        profiles = Map.copyOf(profiles);
        values = Map.copyOf(values);
    }

    /** What became of a request. */
    sealed interface Rated {}

    /** @param priceVersion none where it costs nothing without one */
    record Costs(long nanos, @Nullable String priceVersion) implements Rated {}

    /** Nothing that is billed was used. */
    record Unused() implements Rated {}

    /** What it used is not known: the provider did not report it, or a number in the reply was not read. */
    record Estimated() implements Rated {}

    /** No price is known, or none for a class that was used. */
    record Unpriced() implements Rated {}

    Rated rate(RequestEvent event) {
        return event.call().model() == null ? rateCall(event) : rateModel(event);
    }

    private Rated rateModel(RequestEvent event) {
        return switch (event.metering().source()) {
            case NONE -> new Unused();
            case COUNTED, ESTIMATED -> new Estimated();
            case PROVIDER, PARTIAL ->
                price(event)
                        .flatMap(price -> cost(
                                price,
                                event.metering().usage(),
                                event.metering().serviceTier()))
                        .orElseGet(Unpriced::new);
        };
    }

    /** No model decides what it costs, but its path and what it was answered. */
    private Rated rateCall(RequestEvent event) {
        UsageSource source = event.metering().source();
        int status = event.verdict().status();
        if (status == 0) {
            return source == UsageSource.NONE ? new Unused() : new Estimated();
        }
        if (event.call().path().length() >= RequestEvent.Call.MOST_PATH_CHARS) {
            return new Unpriced();
        }
        String path = UpstreamPath.of(event.call().path()).compared();
        return prices.own().calls(event.call().apiSlug(), event.call().method(), path).stream()
                .filter(price -> price.call().covers(status))
                .findFirst()
                .map(price -> cost(price, event.metering()))
                .orElseGet(() -> withoutPrice(status, event.metering()));
    }

    private Rated cost(CallPrice price, Metering metering) {
        return use(price, metering)
                .map(usage -> cost(price.price(), usage, null).orElseGet(Unpriced::new))
                .orElseGet(Estimated::new);
    }

    /** Nothing where the price goes by a number that was not read out of the reply. */
    private Optional<Usage> use(CallPrice price, Metering metering) {
        if (price.perValue().isEmpty()) {
            return Optional.of(CallPrice.ONE);
        }
        boolean read = metering.source() == UsageSource.PROVIDER || metering.source() == UsageSource.PARTIAL;
        JsonPointer value = metering.priceVersion() == null ? null : values.get(metering.priceVersion());
        return read && price.perValue().get().pointer().equals(value)
                ? Optional.of(CallPrice.ONE.with(
                        UsageClass.VALUE_MICROS, metering.usage().count(UsageClass.VALUE_MICROS)))
                : Optional.empty();
    }

    /** An error is not billed, and what passed at no cost still does. */
    private static Rated withoutPrice(int status, Metering metering) {
        if (status >= ERRORS_FROM) {
            return new Costs(0, null);
        }
        return metering.source() == UsageSource.NONE && !metering.unpriced() ? new Unused() : new Unpriced();
    }

    private Optional<ModelPrice> price(RequestEvent event) {
        String model = event.call().model();
        ApiId api = event.call().api();
        Profile profile = api == null ? null : profiles.get(api);
        if (model == null || profile == null) {
            return Optional.empty();
        }
        return prices.find(
                event.call().apiSlug(),
                profile,
                model,
                event.call().servedModel(),
                Instant.ofEpochMilli(event.times().arrivedAtMillis()));
    }

    private static Optional<Rated> cost(ModelPrice price, Usage usage, @Nullable String serviceTier) {
        try {
            return Priced.of(price, usage, serviceTier)
                    .cost()
                    .filter(cost -> cost.nanos() <= Money.MAX_COUNTED_NANOS)
                    .map(cost -> new Costs(cost.nanos(), price.version()));
        } catch (ArithmeticException absurd) {
            return Optional.empty();
        }
    }
}
