package io.rateguard.console.alerts.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.rateguard.console.alerts.AlertHistory.Told;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import java.time.Instant;
import java.util.List;

/** What was told lately, the newest first, with what came of it. */
final class ToldList extends Div {

    ToldList(List<Told> told, Moments moments, Instant now, Component refresh) {
        setTestId("alert-history");
        add(
                new H2("Told lately"),
                told.isEmpty()
                        ? new Paragraph("Nothing yet: no rule has come upon anything, and no channel was tested.")
                        : new DataTable<Told>("Told lately")
                                .title("What", each -> new Span(RuleSentence.of(each)))
                                .text("When", each -> moments.recent(each.at(), now))
                                .text("Channel", Told::channel)
                                .column("State", ToldList::state)
                                .text("Answer", ToldList::answer)
                                .show(told),
                refresh);
    }

    private static Component state(Told told) {
        return switch (told.state()) {
            case "delivered" -> new StatusBadge("Delivered", Tone.GOOD);
            case "failed" -> new StatusBadge("Given up", Tone.BAD);
            default ->
                told.attempts() == 0
                        ? new StatusBadge("On its way", Tone.NEUTRAL)
                        : new StatusBadge("Attempt " + told.attempts(), Tone.WARNING);
        };
    }

    private static String answer(Told told) {
        if (told.answer() != null) {
            return told.answer();
        }
        return told.trouble() == null ? "–" : told.trouble();
    }
}
