package io.rateguard.domain.price;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Makes a catalogue anew: prices and rules of a first source, what a second one knows beside them, fees of tools, and
 * what only the present catalogue has.
 */
final class CatalogueImport {

    private final Catalogue present;
    private final Catalogue first;
    private final Catalogue second;
    private final Fees fees;
    private final LeftOut leftOut;

    CatalogueImport(Catalogue present, Catalogue first, Catalogue second, Fees fees, LeftOut leftOut) {
        this.present = present;
        this.first = first;
        this.second = second;
        this.fees = fees;
        this.leftOut = leftOut;
    }

    Catalogue renewed() {
        Map<String, List<CataloguedModel>> providers = new LinkedHashMap<>();
        first.providers().forEach((provider, models) -> providers.put(provider, renewed(provider, models)));
        present.providers().forEach(providers::putIfAbsent);
        second.providers().forEach((provider, models) -> {
            if (!first.providers().containsKey(provider)) {
                models.forEach(model -> noteUnknown(provider, model));
            }
        });
        return new Catalogue(
                first.version(),
                Stream.of(first.sources(), second.sources(), fees.sources())
                        .flatMap(List::stream)
                        .toList(),
                providers);
    }

    private List<CataloguedModel> renewed(String provider, List<CataloguedModel> models) {
        Map<String, OptionalLong> maximums = new HashMap<>();
        present.providers()
                .getOrDefault(provider, List.of())
                .forEach(model -> maximums.put(model.id(), model.maxOutputTokens()));
        Map<String, List<CataloguedModel>> said = said(provider, models);
        return models.stream()
                .map(model -> model.from(first.sources()))
                .map(model -> model.withMaxOutputTokens(maximums.getOrDefault(model.id(), OptionalLong.empty())))
                .map(model -> new Supplement(
                                provider + "/" + model.id(), model, said.getOrDefault(model.id(), List.of()), leftOut)
                        .supplemented())
                .map(model -> fees.addedTo(provider, model))
                .toList();
    }

    /** What the second source says, by the id of the first one's model that answers to the name; that id itself first. */
    private Map<String, List<CataloguedModel>> said(String provider, List<CataloguedModel> models) {
        ProviderPrices known = new ProviderPrices(
                models.stream().map(model -> new PricedModel(provider, model)).toList());
        Map<String, List<CataloguedModel>> said = new HashMap<>();
        for (CataloguedModel other : second.providers().getOrDefault(provider, List.of())) {
            known.find(other.id())
                    .ifPresentOrElse(
                            model -> said.computeIfAbsent(model.id(), id -> new ArrayList<>())
                                    .add(other.from(second.sources())),
                            () -> noteUnknown(provider, other));
        }
        said.forEach((id, others) ->
                others.sort(Comparator.comparing(other -> !other.id().equals(id))));
        return said;
    }

    private void noteUnknown(String provider, CataloguedModel model) {
        leftOut.note("model that only the second source has", provider + "/" + model.id());
    }
}
