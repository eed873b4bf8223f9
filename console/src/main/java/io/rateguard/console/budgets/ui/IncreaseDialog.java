package io.rateguard.console.budgets.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.rateguard.console.budgets.Budgets;
import io.rateguard.console.budgets.NewIncrease;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks how much more a budget may spend, and until when. */
final class IncreaseDialog extends Dialog {

    private static final Duration WEEK = Duration.ofDays(7);

    private final DollarField amount = new DollarField("More, dollars", "increase-amount");
    private final DateTimePicker until = new DateTimePicker("Until");
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    IncreaseDialog(Budgets budgets, WorkspaceId workspace, Budget budget, Instant now, Runnable increased) {
        Instant end = budget.period() == BudgetPeriod.TOTAL
                ? now.plus(WEEK)
                : Instant.ofEpochMilli(budget.windowAt(now).endMillis());
        until.setValue(end.atZone(budget.zone()).toLocalDateTime());
        until.setHelperText("In " + budget.zone().getId() + ", the budget's time zone; afterwards "
                + Amounts.dollars(budget.amount()) + " count again");
        until.setManualValidation(true);
        amount.focus();
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        errors.bind("until", until);
        amount.bindTo(errors);
        Button save = new Button("Increase", click -> save(budgets, workspace, budget, increased));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.setTestId("increase-save");
        Div form = new Div(amount, until, problem);
        form.addClassName("form");
        setHeaderTitle("Increase “" + budget.name() + "” for a time");
        addClassName("form-dialog");
        add(form);
        getFooter().add(new Button("Cancel", click -> close()), save);
    }

    private void save(Budgets budgets, WorkspaceId workspace, Budget budget, Runnable increased) {
        errors.clear();
        try {
            Long nanos = amount.nanos();
            budgets.increase(workspace, budget.id().toString(), new NewIncrease(nanos, end(budget)));
            close();
            Notice.done("“" + budget.name() + "” has more. Proxies know within a second.");
            increased.run();
        } catch (RuntimeException failure) {
            errors.show(KnownFailures.problem(failure).orElseThrow(() -> failure));
        }
    }

    private @Nullable Instant end(Budget budget) {
        return until.getValue() == null
                ? null
                : until.getValue().atZone(budget.zone()).toInstant();
    }
}
