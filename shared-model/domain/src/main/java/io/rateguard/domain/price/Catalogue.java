package io.rateguard.domain.price;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that the file of a catalogue says.
 *
 * @param version the date of its prices; part of the name of each
 * @param sources where its figures come from, with date and licence, in words
 * @param providers the models of each provider, in the order in which their rules are asked
 */
record Catalogue(String version, List<String> sources, Map<String, List<CataloguedModel>> providers) {

    Catalogue {
        sources = List.copyOf(sources);
        providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
    }
}
