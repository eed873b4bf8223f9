package io.rateguard.console.apis.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.rateguard.analytics.question.ApiHealth.Health;
import io.rateguard.console.apis.ApiHealths.Standing;
import io.rateguard.console.apis.ApiHealths.State;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import java.time.Instant;

/** How one API stands: in a word, and why. */
final class HealthCell extends Div {

    private static final double MICROS_PER_MILLI = 1_000;

    private final Span why = new Span();
    private StatusBadge badge = new StatusBadge("…", Tone.NEUTRAL);

    HealthCell() {
        why.addClassName("quiet");
        addClassName("health");
        add(badge, why);
    }

    void show(Standing standing, Moments moments, Instant now) {
        say(badge(standing.state()), standing.why() + more(standing, moments, now));
    }

    /** While the history of requests does not answer. */
    void showUnknown() {
        say(new StatusBadge("Unknown", Tone.NEUTRAL), "The request history does not answer now.");
    }

    private void say(StatusBadge word, String reason) {
        if (!word.getText().equals(badge.getText())) {
            replace(badge, word);
            badge = word;
        }
        why.setText(reason);
    }

    private static String more(Standing standing, Moments moments, Instant now) {
        Health figures = standing.figures();
        if (standing.state() == State.HEALTHY) {
            return " 95 % answered within " + Amounts.millis(figures.p95UpstreamMicros() / MICROS_PER_MILLI) + ".";
        }
        if (figures.lastGood() == null) {
            return figures.unanswered() > 0 ? " None was answered well." : " No good answer within a week.";
        }
        return " Last good answer: " + moments.recent(figures.lastGood(), now) + ".";
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
