package io.rateguard.console.prices.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.domain.price.ModelPrice;
import io.rateguard.domain.price.ShippedCatalogue;
import io.rateguard.domain.price.ShippedCatalogue.Listed;
import io.rateguard.domain.usage.UsageClass;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The models of a catalogue, a part at a time, found by a part of their name or their provider's. */
final class CatalogueList extends Div {

    private static final int PART = 25;

    private final List<Listed> all;
    private final Predicate<Listed> overridden;
    private final TextField search = new TextField("Find a model or provider");
    private final Div list = new Div();
    private int shown = PART;

    /** @param overridden whether a price of the workspace's own comes before the catalogue's */
    CatalogueList(ShippedCatalogue catalogue, List<Listed> all, Predicate<Listed> overridden) {
        this.all = all;
        this.overridden = overridden;
        search.setTestId("catalogue-search");
        search.setPrefixComponent(VaadinIcon.SEARCH.create());
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(changed -> {
            shown = PART;
            refresh();
        });
        list.setTestId("catalogue-list");
        Div filters = new Div(search);
        filters.addClassName("filters");
        Paragraph source = new Paragraph("Version " + catalogue.version() + ", dollars per million. From "
                + String.join("; ", catalogue.sources()));
        source.addClassName("quiet");
        add(new H2("Catalogue"), source, filters, list);
        refresh();
    }

    private void refresh() {
        String wanted = search.getValue().strip().toLowerCase(Locale.ROOT);
        List<Listed> found =
                all.stream().filter(model -> matches(model, wanted)).toList();
        list.removeAll();
        list.add(
                found.isEmpty()
                        ? new Paragraph("No model or provider of the catalogue is named so.")
                        : table(found.subList(0, Math.min(shown, found.size()))));
        if (found.size() > shown) {
            Button more = new Button("Show more of " + Amounts.count(found.size(), "model"), click -> {
                shown += PART;
                refresh();
            });
            more.addThemeVariants(ButtonVariant.TERTIARY);
            more.setTestId("catalogue-more");
            list.add(more);
        }
    }

    private static boolean matches(Listed model, String wanted) {
        return (model.provider() + "/" + model.model()).toLowerCase(Locale.ROOT).contains(wanted);
    }

    private Component table(List<Listed> models) {
        return new DataTable<Listed>("Catalogue")
                .title("Model", this::name)
                .text("Provider", Listed::provider)
                .figure("Input", model -> rate(model, UsageClass.INPUT))
                .figure("Output", model -> rate(model, UsageClass.OUTPUT))
                .figure("Cache read", model -> rate(model, UsageClass.CACHE_READ))
                .text("From", Listed::origin)
                .show(models);
    }

    private Component name(Listed model) {
        Span name = new Span(model.model());
        return overridden.test(model) ? new Div(name, new StatusBadge("Own price", StatusBadge.Tone.NEUTRAL)) : name;
    }

    private static Component rate(Listed model, UsageClass usageClass) {
        return new Span(model.price().map(price -> rate(price, usageClass)).orElse("Not known"));
    }

    private static String rate(ModelPrice price, UsageClass usageClass) {
        return price.rate(usageClass)
                .map(rate -> Amounts.price(rate.base().usdPerMillion())
                        + (rate.tiers().isEmpty() ? "" : " and up"))
                .orElse("None");
    }
}
