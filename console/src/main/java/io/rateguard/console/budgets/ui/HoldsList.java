package io.rateguard.console.budgets.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.rateguard.console.budgets.BudgetHolds;
import io.rateguard.console.budgets.BudgetHolds.Holder;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.MoneyText;
import io.rateguard.counters.Hold;
import io.rateguard.domain.id.ApiKeyId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Who holds what of a budget at this moment. */
final class HoldsList extends Div {

    private static final int SHOWN = 10;

    private final Moments moments;
    private final UnaryOperator<String> keyName;

    /** @param keyName what people call the key of this id */
    HoldsList(Moments moments, UnaryOperator<String> keyName) {
        this.moments = moments;
        this.keyName = keyName;
        addClassName("holds");
        setTestId("holds");
    }

    void show(BudgetHolds now, Instant at) {
        removeAll();
        Paragraph summary = new Paragraph(summary(now));
        add(summary);
        if (now.holds().isEmpty()) {
            return;
        }
        add(
                new DataTable<Holder>("What each key’s requests hold")
                        .title("Key", holder -> new Span(name(holder.key())))
                        .figure("Requests under way", holder -> new Span(Amounts.count(holder.requests())))
                        .figure("Held", holder -> new MoneyText(holder.held()))
                        .show(now.holders()),
                new DataTable<Hold>("The requests that hold most")
                        .title("Request", hold -> new Span(hold.request().value()))
                        .text("Key", hold -> name(Optional.ofNullable(hold.key())))
                        .text("Under way since", hold -> since(hold.since(), at))
                        .figure("Held", hold -> new MoneyText(hold.amount()))
                        .show(now.holds().stream().limit(SHOWN).toList()));
        if (now.holds().size() > SHOWN) {
            add(quiet("The " + SHOWN + " that hold most."));
        }
    }

    /** In place of figures that are not there. */
    void say(String what) {
        removeAll();
        add(new Paragraph(what));
    }

    /** {@code $0.42 is held for 3 requests under way.} */
    static String summary(BudgetHolds now) {
        if (now.holds().isEmpty()) {
            return "Nothing is held: no request that it covers is under way.";
        }
        return Amounts.dollars(now.held()) + " is held for "
                + (now.isWhole() ? "" : "more than ")
                + Amounts.count(now.holds().size(), "request") + " under way.";
    }

    private String name(Optional<ApiKeyId> key) {
        return key.map(id -> keyName.apply(id.toString())).orElse("Not known");
    }

    private String since(@Nullable Instant since, Instant at) {
        return since == null ? "Not known" : moments.recent(since, at);
    }

    private static Component quiet(String text) {
        Paragraph paragraph = new Paragraph(text);
        paragraph.addClassName("quiet");
        return paragraph;
    }
}
