package io.rateguard.domain.price;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Makes a catalogue anew from what a source says, keeping what the present one alone knows. */
final class CatalogueImport {

    private CatalogueImport() {}

    /** The source's prices, with the maximum outputs and the providers that only the present catalogue has. */
    static Catalogue renew(Catalogue present, Catalogue source) {
        Map<String, List<CataloguedModel>> providers = new LinkedHashMap<>();
        source.providers()
                .forEach((provider, models) -> providers.put(
                        provider, withMaximums(present.providers().getOrDefault(provider, List.of()), models)));
        present.providers().forEach(providers::putIfAbsent);
        return new Catalogue(source.version(), source.sources(), providers);
    }

    private static List<CataloguedModel> withMaximums(List<CataloguedModel> present, List<CataloguedModel> renewed) {
        Map<String, OptionalLong> known = new HashMap<>();
        present.forEach(model -> known.put(model.id(), model.maxOutputTokens()));
        return renewed.stream()
                .map(model -> model.maxOutputTokens().isPresent()
                        ? model
                        : model.withMaxOutputTokens(known.getOrDefault(model.id(), OptionalLong.empty())))
                .toList();
    }
}
