package io.rateguard.console.apis.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.rateguard.analytics.question.ApiHealth.Health;
import io.rateguard.console.apis.ApiHealths.Healths;
import io.rateguard.console.apis.ApiHealths.Standing;
import io.rateguard.console.apis.ApiHealths.State;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import java.time.Instant;
import java.util.Optional;

/**
 * How each API stands: in a word, and why.
 *
 * @param known nothing while the history of requests does not answer
 */
record HealthCell(Optional<Healths> known, Moments moments, Instant now) {

    private static final double MICROS_PER_MILLI = 1_000;

    Component of(String slug) {
        return known.map(all -> cell(all.of(slug)))
                .orElseGet(() ->
                        cell(new StatusBadge("Unknown", Tone.NEUTRAL), "The request history does not answer now."));
    }

    private Component cell(Standing standing) {
        return cell(badge(standing.state()), standing.why() + more(standing));
    }

    private String more(Standing standing) {
        Health figures = standing.figures();
        if (standing.state() == State.HEALTHY) {
            return " 95 % answered within " + Amounts.millis(figures.p95UpstreamMicros() / MICROS_PER_MILLI) + ".";
        }
        if (figures.lastGood() == null) {
            return figures.unanswered() > 0 ? " None was answered well." : " No good answer within a week.";
        }
        return " Last good answer: " + moments.recent(figures.lastGood(), now) + ".";
    }

    private static Component cell(StatusBadge badge, String why) {
        Span words = new Span(why);
        words.addClassName("quiet");
        Div cell = new Div(badge, words);
        cell.addClassName("health");
        return cell;
    }

    private static StatusBadge badge(State state) {
        return switch (state) {
            case HEALTHY -> new StatusBadge("Healthy", Tone.GOOD);
            case FAILING -> new StatusBadge("Failing", Tone.BAD);
            case UNANSWERED -> new StatusBadge("Unanswered", Tone.WARNING);
            case QUIET -> new StatusBadge("Quiet", Tone.NEUTRAL);
        };
    }
}
