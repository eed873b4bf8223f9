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
import io.rateguard.console.keys.Keys;
import io.rateguard.counters.Hold;
import io.rateguard.domain.id.ApiKeyId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who holds what of a budget at this moment. */
final class HoldsList extends Div {

    private static final int SHOWN = 10;

    private final Moments moments;

    HoldsList(Moments moments) {
        this.moments = moments;
        addClassName("holds");
        setTestId("holds");
    }

    /** The keys that are shown: those that hold most, and those of the requests that do. */
    static Set<ApiKeyId> keys(BudgetHolds now) {
        return Stream.concat(
                        mostly(now.holders()).stream().flatMap(holder -> holder.key().stream()),
                        mostly(now.holds()).stream().map(Hold::key).filter(Objects::nonNull))
                .collect(Collectors.toSet());
    }

    /** @param names what people call those keys */
    void show(BudgetHolds now, Map<ApiKeyId, Keys.Named> names, Instant at) {
        removeAll();
        Paragraph summary = new Paragraph(summary(now));
        add(summary);
        if (now.holds().isEmpty()) {
            return;
        }
        List<Holder> holders = now.holders();
        add(new DataTable<Holder>("What each key’s requests hold")
                .title("Key", holder -> new Span(name(holder.key(), names)))
                .figure("Requests under way", holder -> new Span(Amounts.count(holder.requests())))
                .figure("Held", holder -> new MoneyText(holder.held()))
                .show(mostly(holders)));
        if (holders.size() > SHOWN) {
            add(quiet("The " + SHOWN + " that hold most, of " + Amounts.count(holders.size(), "key") + "."));
        }
        add(new DataTable<Hold>("The requests that hold most")
                .title("Request", hold -> new Span(hold.request().value()))
                .text("Key", hold -> name(Optional.ofNullable(hold.key()), names))
                .text("Under way since", hold -> since(hold.since(), at))
                .figure("Held", hold -> new MoneyText(hold.amount()))
                .show(mostly(now.holds())));
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

    private static <T> List<T> mostly(List<T> all) {
        return all.subList(0, Math.min(SHOWN, all.size()));
    }

    private static String name(Optional<ApiKeyId> key, Map<ApiKeyId, Keys.Named> names) {
        return key.map(id -> {
                    Keys.Named known = names.get(id);
                    return known == null ? id.toString() : known.name();
                })
                .orElse("Not known");
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
