package io.rateguard.domain.price;

import io.rateguard.domain.price.CataloguedModel.DatedPrice;
import io.rateguard.domain.price.ModelChange.RateChange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What changes for requests when one catalogue takes the place of another: each id of either is looked up in both, so
 * that a name which a rule answered to before is no news when it costs the same now.
 */
final class CatalogueDifference {

    private final ShippedCatalogue before;
    private final ShippedCatalogue after;
    private final Instant from;

    /** @param from the past before it is of no interest */
    CatalogueDifference(ShippedCatalogue before, ShippedCatalogue after, Instant from) {
        this.before = before;
        this.after = after;
        this.from = from;
    }

    /** In the order of the new catalogue; what only the old one has comes last. */
    List<ModelChange> changes() {
        Set<String> providers =
                new LinkedHashSet<>(after.catalogue().providers().keySet());
        providers.addAll(before.catalogue().providers().keySet());
        return providers.stream().flatMap(this::changes).toList();
    }

    private Stream<ModelChange> changes(String provider) {
        return Stream.of(after, before)
                .flatMap(catalogue -> catalogue.catalogue().providers().getOrDefault(provider, List.of()).stream())
                .map(CataloguedModel::id)
                .distinct()
                .flatMap(id -> change(provider, id).stream());
    }

    private Optional<ModelChange> change(String provider, String id) {
        Optional<PricedModel> old = before.model(provider, id);
        Optional<PricedModel> renewed = after.model(provider, id);
        ModelChange change = new ModelChange(
                provider,
                id,
                old.isEmpty()
                        ? ModelChange.Kind.ADDED
                        : renewed.isEmpty() ? ModelChange.Kind.REMOVED : ModelChange.Kind.CHANGED,
                rates(old, renewed),
                maxOutputTokens(old),
                maxOutputTokens(renewed));
        boolean same = change.kind() == ModelChange.Kind.CHANGED
                && change.rates().isEmpty()
                && change.maxOutputTokensBefore().equals(change.maxOutputTokensAfter());
        return same ? Optional.empty() : Optional.of(change);
    }

    private List<RateChange> rates(Optional<PricedModel> old, Optional<PricedModel> renewed) {
        List<RateChange> changes = new ArrayList<>();
        Set<List<Optional<String>>> compared = new HashSet<>();
        for (Instant at :
                moments(Stream.of(old, renewed).flatMap(Optional::stream).toList())) {
            Optional<ModelPrice> was = old.flatMap(model -> model.priceAt(at));
            Optional<ModelPrice> is = renewed.flatMap(model -> model.priceAt(at));
            if (compared.add(List.of(was.map(ModelPrice::version), is.map(ModelPrice::version)))) {
                new PriceComparison(at, was, is).addTo(changes);
            }
        }
        return changes;
    }

    /** All times from which on another price may hold. */
    private SortedSet<Instant> moments(List<PricedModel> models) {
        List<DatedPrice> prices = models.stream()
                .flatMap(model -> model.model().prices().stream())
                .toList();
        LocalDate today = LocalDate.ofInstant(from, ZoneOffset.UTC);
        SortedSet<Instant> moments = new TreeSet<>(Set.of(from));
        Stream.concat(Stream.of(today), prices.stream().flatMap(price -> Stream.ofNullable(price.from())))
                .filter(day -> !day.isBefore(today))
                .forEach(day -> {
                    moments.add(day.atStartOfDay(ZoneOffset.UTC).toInstant());
                    prices.stream()
                            .flatMap(price -> Stream.ofNullable(price.daily()))
                            .flatMap(daily -> Stream.of(daily.from(), daily.until()))
                            .forEach(time -> moments.add(day.atTime(time).toInstant(ZoneOffset.UTC)));
                });
        return moments;
    }

    private static OptionalLong maxOutputTokens(Optional<PricedModel> model) {
        return model.map(known -> known.model().maxOutputTokens()).orElse(OptionalLong.empty());
    }
}
