package io.rateguard.console.requests.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.MoneyText;
import io.rateguard.console.requests.CostExplanation;
import io.rateguard.console.requests.CostExplanation.Line;
import io.rateguard.console.requests.Requests.Explained;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.CeilingPrice;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.domain.usage.UsageSource;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What one request cost, to the nano-dollar, and why. */
public final class CostAccount extends Div {

    private final RequestEvent event;
    private final Moments moments;

    public CostAccount(Explained explained, Moments moments) {
        this.event = explained.event();
        this.moments = moments;
        Money cost = explained.corrected();
        add(new H3("Cost"));
        Paragraph total = new Paragraph(new MoneyText(cost), new Span(" · " + Amounts.exactly(cost)));
        total.addClassName("total");
        add(total);
        if (explained.cost().isPresent() && !explained.cost().get().lines().isEmpty()) {
            add(lines(explained.cost().get()));
            add(quiet("Price " + event.metering().priceVersion() + ". " + source() + unpriced()
                    + " The sum is rounded once, to the nano-dollar."));
        } else {
            add(quiet(source() + unpriced()));
        }
        Long reported = event.metering().reportedCostNanos();
        if (reported != null) {
            add(quiet("The provider says it charges " + Amounts.exactly(Money.ofNanos(reported)) + "."));
        }
        if (!explained.adjustments().isEmpty()) {
            add(quiet("Recorded as "
                    + Amounts.exactly(Money.ofNanos(event.metering().costNanos())) + ", and corrected since:"));
            add(corrections(explained.adjustments()));
        }
    }

    private String unpriced() {
        if (!event.metering().unpriced()) {
            return "";
        }
        return CeilingPrice.named(event.metering().priceVersion()).isPresent()
                ? " The model has no known price, so the workspace's ceiling was charged."
                : " The model has no known price.";
    }

    private Component corrections(List<Adjustment> adjustments) {
        return new DataTable<Adjustment>("Corrections of the cost")
                .text("Time", each -> moments.full(Instant.ofEpochMilli(each.adjustedAtMillis())))
                .text("By", each -> each.reason().author())
                .text("Why", CostAccount::why)
                .figure("Difference", each -> new Span(Amounts.exactly(Money.ofNanos(each.costNanos()))))
                .show(adjustments);
    }

    private static String why(Adjustment adjustment) {
        String note = adjustment.reason().note();
        return note == null ? "Rerated at price " + adjustment.priceVersion() : note;
    }

    private static Component lines(CostExplanation cost) {
        return new DataTable<Line>("How the cost came about")
                .title("Usage", line -> new Span(words(line.usageClass())))
                .figure("Count", line -> new Span(Amounts.count(line.count())))
                .figure("Price per million", line -> new Span(Amounts.price(line.usdPerMillion())))
                .figure("Nano-dollars", line -> new Span(Amounts.decimal(line.nanos())))
                .show(cost.lines());
    }

    private static String words(UsageClass usageClass) {
        String words = usageClass.wireName().replace('_', ' ');
        String unit = usageClass.kind() == UsageClass.Kind.PIECES ? "" : " tokens";
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + unit;
    }

    private String source() {
        UsageSource source = event.metering().source();
        return switch (source) {
            case PROVIDER -> "Usage as the provider reported it.";
            case PARTIAL -> "Usage as far as the provider reported it before the stream ended.";
            case COUNTED -> "Usage as RateGuard counted it: the provider reported none.";
            case ESTIMATED -> "Charged by estimate: the provider reported no usage.";
            case NONE -> "Nothing was used.";
        };
    }

    private static Paragraph quiet(String text) {
        Paragraph paragraph = new Paragraph(text);
        paragraph.addClassName("quiet");
        return paragraph;
    }
}
