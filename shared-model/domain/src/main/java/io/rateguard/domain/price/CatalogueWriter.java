package io.rateguard.domain.price;

import io.rateguard.domain.price.CataloguedModel.DatedPrice;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes what {@link CatalogueReader} reads, one model a line, so that a change of a price is a line of a comparison. */
final class CatalogueWriter {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Catalogue catalogue;
    private final StringBuilder out = new StringBuilder();

    private CatalogueWriter(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    static String write(Catalogue catalogue) {
        return new CatalogueWriter(catalogue).text();
    }

    private String text() {
        out.append("{\n\"version\":").append(JSON.writeValueAsString(catalogue.version()));
        out.append(",\n\"unit\":\"US dollars per million\",\n\"sources\":[\n");
        lines(catalogue.sources().iterator());
        out.append("],\n\"providers\":[\n");
        for (Iterator<Map.Entry<String, List<CataloguedModel>>> providers =
                        catalogue.providers().entrySet().iterator();
                providers.hasNext(); ) {
            Map.Entry<String, List<CataloguedModel>> provider = providers.next();
            out.append("{\"id\":").append(JSON.writeValueAsString(provider.getKey()));
            out.append(",\"models\":[\n");
            lines(provider.getValue().stream().map(this::model).iterator());
            out.append("]}").append(providers.hasNext() ? ",\n" : "\n");
        }
        return out.append("]\n}\n").toString();
    }

    private void lines(Iterator<?> values) {
        while (values.hasNext()) {
            out.append(JSON.writeValueAsString(values.next())).append(values.hasNext() ? ",\n" : "\n");
        }
    }

    private ObjectNode model(CataloguedModel model) {
        ObjectNode node = NODES.objectNode().put("id", model.id());
        node.set("match", NameRules.write(model.match()));
        model.maxOutputTokens().ifPresent(most -> node.put("maxOutputTokens", most));
        node.putArray("prices").addAll(model.prices().stream().map(this::price).toList());
        return node;
    }

    private ObjectNode price(DatedPrice price) {
        ObjectNode node = NODES.objectNode();
        if (price.from() != null) {
            node.put("from", price.from().toString());
        }
        if (price.daily() != null) {
            node.putObject("daily")
                    .put("from", price.daily().from().toString())
                    .put("until", price.daily().until().toString());
        }
        node.set("rates", PriceShapes.rates(price.rates()));
        if (!price.serviceTiers().isEmpty()) {
            node.set("serviceTiers", PriceShapes.serviceTiers(price.serviceTiers()));
        }
        if (!price.sources().isEmpty()) {
            ArrayNode numbers = node.putArray("sources");
            price.sources().forEach(source -> numbers.add(catalogue.sources().indexOf(source) + 1));
        }
        return node;
    }
}
