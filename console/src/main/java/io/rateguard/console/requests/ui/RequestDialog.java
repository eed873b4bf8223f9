package io.rateguard.console.requests.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.MoneyText;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.requests.Requests.Explained;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.event.RequestEvent.Charge;
import io.rateguard.domain.event.RequestEvent.Refusal;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** One request: what it was, why it was refused or what it cost and why, and where its time went. */
final class RequestDialog extends Dialog {

    private static final double MICROS_PER_MILLI = 1_000;

    private final Explained explained;
    private final RequestEvent event;
    private final Moments moments;

    RequestDialog(Explained explained, Moments moments) {
        this.explained = explained;
        this.event = explained.event();
        this.moments = moments;
        setHeaderTitle("Request");
        addClassName("request-dialog");
        Div story = new Div(verdict(), facts());
        story.addClassName("story");
        // Longer than a phone is high: the keyboard can scroll what it can reach.
        story.getElement()
                .setAttribute("tabindex", "0")
                .setAttribute("role", "group")
                .setAttribute("aria-label", "Account of the request");
        if (event.verdict().decision() == Decision.ALLOWED) {
            story.add(new CostAccount(explained, moments));
        }
        if (!event.charges().isEmpty()) {
            story.add(charges());
        }
        add(story);
        Button close = new Button("Close", click -> close());
        close.setTestId("request-close");
        getFooter().add(close);
    }

    private Component verdict() {
        Decision decision = event.verdict().decision();
        Refusal refusal = event.verdict().refusal();
        int status = event.verdict().status();
        Div verdict = new Div(new StatusBadge(Verdicts.word(decision, status), Verdicts.tone(decision, status)));
        verdict.addClassName("verdict");
        verdict.add(new Paragraph(
                decision == Decision.ALLOWED
                        ? Verdicts.word(event.verdict().outcome()) + "."
                        : Verdicts.sentence(decision) + (refusal == null ? "" : " " + why(refusal))));
        event.verdict().shadowed().forEach(shadow -> verdict.add(quiet(wouldHaveRefused(shadow))));
        if (event.verdict().degraded()) {
            verdict.add(quiet("RateGuard’s counters did not answer then: the failure policy of each rule decided."));
        }
        return verdict;
    }

    private String wouldHaveRefused(Refusal shadow) {
        return "Limit “" + shadow.ruleName() + "” is in shadow mode. It would have refused this: " + used(shadow) + ".";
    }

    private String why(Refusal refusal) {
        StringBuilder why = new StringBuilder();
        if (refusal.ruleName() != null) {
            why.append("Rule “").append(refusal.ruleName()).append("”");
            if (refusal.limit() > 0) {
                why.append(": ").append(used(refusal));
            }
            why.append(". ");
        }
        if (refusal.resetAtMillis() > 0) {
            why.append("Worth another try from ")
                    .append(moments.full(Instant.ofEpochMilli(refusal.resetAtMillis())))
                    .append(". ");
        } else if (event.verdict().decision() == Decision.OVER_BUDGET && refusal.limit() > 0) {
            why.append("It does not start anew: only a larger amount lets this pass. ");
        }
        return why.append("The caller saw the code ")
                .append(refusal.code())
                .append(".")
                .toString();
    }

    /** {@code 1,000 of 1,000 used}, {@code $0.9980 of $1.00 used}. */
    private String used(Refusal refusal) {
        LongFunction<String> words =
                explained.isMoney(refusal) ? nanos -> Amounts.dollars(Money.ofNanos(nanos)) : Amounts::count;
        return words.apply(refusal.used()) + " of " + words.apply(refusal.limit()) + " used";
    }

    private Component facts() {
        DescriptionList facts = new DescriptionList();
        facts.addClassName("facts");
        fact(facts, "Time", moments.full(Instant.ofEpochMilli(event.times().chargedAtMillis())));
        fact(facts, "Request id", event.requestId().value());
        fact(facts, "API", event.call().apiSlug());
        fact(facts, "Call", event.call().method() + " " + event.call().path());
        fact(facts, "Model", model());
        fact(facts, "Key", event.caller().keyName());
        fact(facts, "Customer", event.caller().customer());
        fact(
                facts,
                "Status",
                event.verdict().status() == 0
                        ? null
                        : Integer.toString(event.verdict().status()));
        fact(facts, "Latency", latency());
        return facts;
    }

    private @Nullable String model() {
        String asked = event.call().model();
        String served = event.call().servedModel();
        return asked == null || served == null || served.equals(asked)
                ? asked
                : asked + " (answered by " + served + ")";
    }

    private String latency() {
        String total = millis(event.times().totalMicros());
        return event.call().attempts() == 0
                ? total
                : total + ", of which provider " + millis(event.times().upstreamMicros()) + " and RateGuard "
                        + millis(event.times().overheadMicros());
    }

    private static String millis(long micros) {
        return Amounts.millis(micros / MICROS_PER_MILLI);
    }

    private static void fact(DescriptionList facts, String name, @Nullable String value) {
        if (value != null) {
            facts.add(new DescriptionList.Term(name), new DescriptionList.Description(value));
        }
    }

    private Component charges() {
        return new Div(
                new H3("Budgets"),
                new DataTable<Charge>("Charges to budgets")
                        .title("Budget", charge -> new Span(explained.budgetName(charge.budget())))
                        .text("Window", Charge::window)
                        .figure("Held before", charge -> new MoneyText(Money.ofNanos(charge.heldNanos())))
                        .figure("Charged", charge -> new MoneyText(Money.ofNanos(charge.chargedNanos())))
                        .show(event.charges()));
    }

    private static Paragraph quiet(String text) {
        Paragraph paragraph = new Paragraph(text);
        paragraph.addClassName("quiet");
        return paragraph;
    }
}
