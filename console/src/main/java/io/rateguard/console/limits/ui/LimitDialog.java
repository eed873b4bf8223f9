package io.rateguard.console.limits.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.limits.Backtested;
import io.rateguard.console.limits.Backtests;
import io.rateguard.console.limits.Limits;
import io.rateguard.console.limits.Limits.Limit;
import io.rateguard.console.limits.NewLimit;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.domain.limit.LimitRule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;

/** A form for a limit, new or known, that says in a sentence what it will do, and tries it on what has come before it is saved. */
final class LimitDialog extends Dialog {

    private final Limits limits;
    private final Backtests backtests;
    private final Workspace workspace;
    private final UnaryOperator<String> keyName;
    private final Clock clock;
    private final @Nullable Limit present;

    private final LimitForm form;
    private final Paragraph sentence = new Paragraph();
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);
    private final Select<Duration> range = new Select<>();
    private final Button attempt = new Button("Try it", click -> tryOut());
    private final Div result = new Div();
    private @Nullable Object asked;

    /**
     * @param keyName what people call the key of this id
     * @param present the limit to change; none for a new one
     */
    LimitDialog(
            Limits limits,
            Backtests backtests,
            Workspace workspace,
            Choices choices,
            UnaryOperator<String> keyName,
            Clock clock,
            @Nullable Limit present,
            Runnable saved) {
        this.limits = limits;
        this.backtests = backtests;
        this.workspace = workspace;
        this.keyName = keyName;
        this.clock = clock;
        this.present = present;

        LimitRule rule = present == null ? null : present.rule();
        form = new LimitForm(choices, rule, errors, this::preview);
        sentence.addClassName("preview");
        sentence.setTestId("limit-preview");
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        range.setItems(Duration.ofDays(1), Duration.ofDays(7), Backtests.LONGEST);
        range.setItemLabelGenerator(length -> "Last " + LimitSentence.length(length));
        range.setValue(Duration.ofDays(7));
        range.setAriaLabel("Range of time to try it on");
        range.setTestId("backtest-range");
        attempt.setTestId("backtest");
        result.setTestId("backtest-result");
        result.getElement().setAttribute("role", "status");
        Div ask = new Div(range, attempt);
        ask.addClassName("backtest-ask");
        Div trial = new Div(
                new H3("What would it have refused?"),
                new Paragraph("Tries it on the requests that came through. Nothing is saved or refused by that."),
                ask,
                result);
        trial.addClassName("backtest");

        Button save = new Button(present == null ? "Add limit" : "Save", click -> save(saved));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.setTestId("limit-save");
        setHeaderTitle(rule == null ? "Add limit" : "Change “" + rule.name() + "”");
        addClassName("form-dialog");
        add(form, sentence, trial, problem);
        getFooter().add(new Button("Cancel", click -> close()), save);
        preview();
    }

    private void preview() {
        forget();
        sentence.setText(saidSoFar());
    }

    /** Nothing as long as a figure is none. */
    private String saidSoFar() {
        try {
            return LimitSentence.of(form.wanted(), keyName);
        } catch (Problem notYet) {
            return "";
        }
    }

    private void forget() {
        asked = null;
        attempt.setEnabled(true);
        result.removeAll();
    }

    private void save(Runnable saved) {
        errors.clear();
        try {
            Limit known = present;
            if (known == null) {
                LimitRule rule = limits.create(workspace.id(), form.wanted()).rule();
                Notice.done("Limit “" + rule.name() + "” holds from now on.");
            } else {
                LimitRule rule = limits.change(
                                workspace.id(),
                                known.rule().id().toString(),
                                SeenVersion.of(known.version()),
                                before -> form.wanted())
                        .rule();
                Notice.done("Limit “" + rule.name() + "” is changed, on every proxy within a second.");
            }
            close();
            saved.run();
        } catch (RuntimeException failure) {
            errors.show(KnownFailures.problem(failure).orElseThrow(() -> failure));
        }
    }

    /** On a thread of its own: whatever changes meanwhile makes its answer one to another question. */
    private void tryOut() {
        errors.clear();
        forget();
        NewLimit wanted;
        try {
            wanted = form.described();
        } catch (Problem refused) {
            errors.show(refused);
            return;
        }
        attempt.setEnabled(false);
        result.add(new Paragraph("Looking at what came in the last " + LimitSentence.length(range.getValue()) + "…"));
        Object question = new Object();
        asked = question;
        Instant to = clock.instant();
        Instant from = to.minus(range.getValue());
        UI ui = UI.getCurrent();
        Runnable asking = () -> {
            Runnable answer = answer(wanted, from, to);
            var _ = ui.access(() -> {
                if (question.equals(asked)) {
                    forget();
                    answer.run();
                }
            });
        };
        Thread.ofVirtual().name("backtest").start(new DelegatingSecurityContextRunnable(asking));
    }

    /** How what comes of it is shown. */
    private Runnable answer(NewLimit wanted, Instant from, Instant to) {
        try {
            Backtested tried = backtests.ask(workspace.id(), wanted, from, to);
            return () -> result.add(new BacktestResult(tried, workspace, keyName));
        } catch (RuntimeException failure) {
            Optional<Problem> known = KnownFailures.problem(failure);
            return () -> errors.show(known.orElseThrow(() -> failure));
        }
    }
}
