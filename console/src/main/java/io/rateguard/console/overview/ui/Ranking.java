package io.rateguard.console.overview.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.MoneyText;
import io.rateguard.console.overview.Figures.Ranked;
import io.rateguard.domain.money.Money;
import java.util.List;

/** The dearest of one kind, each with a bar that shows it beside the first. */
final class Ranking extends Section {

    private final OrderedList list = new OrderedList();
    private final Paragraph nothing = new Paragraph("No requests in this time.");
    private List<Ranked> shown = List.of();

    Ranking(String title) {
        addClassNames("panel", "ranking");
        nothing.addClassName("quiet");
        add(new H2(title), nothing, list);
    }

    void show(List<Ranked> dearest) {
        if (dearest.equals(shown)) {
            return;
        }
        shown = dearest;
        nothing.setVisible(dearest.isEmpty());
        list.removeAll();
        long most = dearest.isEmpty() ? 0 : dearest.getFirst().spent().nanos();
        dearest.forEach(ranked -> list.add(item(ranked, most)));
    }

    private static ListItem item(Ranked ranked, long most) {
        Span name = new Span(ranked.name());
        name.addClassName("ranked-name");
        name.setTitle(ranked.name());
        Span requests = new Span(Amounts.count(ranked.requests(), "request"));
        requests.addClassName("quiet");
        Div bar = new Div();
        bar.addClassName("ranked-bar");
        bar.getStyle().set("--share", share(ranked.spent(), most));
        return new ListItem(name, new MoneyText(ranked.spent()), bar, requests);
    }

    private static String share(Money spent, long most) {
        return most <= 0 ? "0%" : Math.round(100.0 * spent.nanos() / most) + "%";
    }
}
