package io.rateguard.alerts.delivery;

import io.rateguard.alerts.delivery.Notice.BudgetReached;
import io.rateguard.alerts.delivery.Notice.Incident;
import io.rateguard.alerts.delivery.Notice.Offer;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A notice as the JSON that signed webhooks carry: the words people read, and the figures for programs. */
final class WebhookText {

    private WebhookText() {}

    /** @param id the same for every attempt */
    static ObjectNode of(Notice notice, UUID id, Instant writtenAt) {
        Wording wording = Wording.of(notice);
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("id", id.toString());
        event.put("type", type(notice));
        event.put("time", writtenAt.toString());
        event.put("workspace", notice.workspace());
        event.put("headline", wording.headline());
        ObjectNode facts = event.putObject("facts");
        wording.facts().forEach(facts::put);
        event.put("consequence", wording.consequence());
        event.put("link", notice.link().toString());
        switch (notice) {
            case BudgetReached it -> event.set("budget", budget(it));
            case Incident it -> event.set("incident", incident(it));
            case Notice.Test it -> {}
        }
        return event;
    }

    private static String type(Notice notice) {
        return switch (notice) {
            case BudgetReached it -> "budget-threshold";
            case Incident it -> it.kind().wireName();
            case Notice.Test it -> "test";
        };
    }

    private static ObjectNode incident(Incident it) {
        ObjectNode incident = JsonNodeFactory.instance.objectNode();
        incident.put("rule", it.rule());
        incident.put("subject", it.subject().isEmpty() ? null : it.subject());
        incident.put("state", it.isOver() ? "over" : "begun");
        incident.put("value", it.value());
        incident.put("threshold", it.threshold());
        incident.put("requests", it.volume());
        incident.put("windowSeconds", it.window().toSeconds());
        incident.put("since", it.since().toString());
        Instant over = it.over();
        if (over != null) {
            incident.put("until", over.toString());
        }
        return incident;
    }

    private static ObjectNode budget(BudgetReached it) {
        ObjectNode budget = JsonNodeFactory.instance.objectNode();
        budget.put("name", it.budget());
        budget.put("percent", it.percent());
        money(budget, "amount", it.amount());
        money(budget, "spent", it.spent());
        budget.put("window", it.window().name());
        budget.put(
                "windowStart", Instant.ofEpochMilli(it.window().startMillis()).toString());
        if (Windows.isEndless(it.window())) {
            budget.putNull("windowEnd");
        } else {
            budget.put(
                    "windowEnd", Instant.ofEpochMilli(it.window().endMillis()).toString());
        }
        budget.put("shutoff", it.shutsOff());
        budget.set("offer", it.offered().map(WebhookText::offer).orElse(null));
        return budget;
    }

    private static ObjectNode offer(Offer it) {
        ObjectNode offer = JsonNodeFactory.instance.objectNode();
        money(offer, "amount", it.amount());
        offer.put("until", it.until().toString());
        offer.put("token", it.token());
        offer.put("link", it.link().toString());
        return offer;
    }

    private static void money(ObjectNode node, String name, Money money) {
        node.put(name + "Nanos", money.nanos());
        node.put(name + "Usd", money.usd());
    }
}
