package io.rateguard.console.budgets.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.shared.HasValidationProperties;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.rateguard.console.budgets.Budgets;
import io.rateguard.console.budgets.Budgets.Saved;
import io.rateguard.console.budgets.NewBudget;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.common.ui.PartitionWords;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.Budget.Estimate;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.budget.Throttle;
import io.rateguard.domain.limit.OnStoreFailure;
import io.rateguard.domain.limit.Partition;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A form for a budget, new or known. What the service objects to stands beside the field; of a known budget only that can
 * be changed which leaves its counters those of the same budget.
 */
final class BudgetDialog extends Dialog {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Budgets budgets;
    private final Workspace workspace;
    private final @Nullable Budget present;
    private final SeenVersion seen;

    private final TextField name = text("Name", "budget-name");
    private final DollarField amount = new DollarField("Amount, dollars", "budget-amount");
    private final Select<BudgetPeriod> period = select("Starts anew", "budget-period");
    private final ScopeField scope;
    private final RadioButtonGroup<Boolean> shutoff = radio("Once it is spent", "budget-shutoff");
    private final RadioButtonGroup<Estimate> estimate = radio("Before a request is sent", "budget-estimate");
    private final TextField thresholds = text("Tell at, percent", "budget-thresholds");
    private final MultiSelectComboBox<Partition> per = new MultiSelectComboBox<>("Counted apart for each");
    private final ComboBox<ZoneId> zone = new ComboBox<>("Time zone");
    private final IntegerField throttleFrom = number("Slow down from, percent", "budget-throttle-from");
    private final IntegerField throttleTo = number("To so many percent of each limit", "budget-throttle-to");
    private final IntegerField throttleRate =
            number("Requests a minute where there is no limit", "budget-throttle-rate");
    private final Select<OnStoreFailure> onStoreFailure = select("While the counters are away", "budget-failure");
    private final Details more = new Details("More");
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    /** @param opened the budget to change; none for a new one */
    BudgetDialog(Budgets budgets, Workspace workspace, ScopeField scope, @Nullable Saved opened, Runnable saved) {
        this.budgets = budgets;
        this.workspace = workspace;
        this.present = opened == null ? null : opened.budget();
        this.seen = opened == null ? SeenVersion.ANY : SeenVersion.of(opened.version());
        this.scope = scope;

        name.setMaxLength(200);
        name.focus();
        period.setItems(BudgetPeriod.values());
        period.setItemLabelGenerator(BudgetSentence::renewal);
        shutoff.setItems(true, false);
        shutoff.setItemLabelGenerator(refuses -> refuses ? "Refuse requests" : "Let them pass, and tell");
        estimate.setItems(Estimate.STRICT, Estimate.ELASTIC);
        estimate.setItemLabelGenerator(BudgetDialog::words);
        thresholds.setPlaceholder(percents(Ladder.ALWAYS_WATCHED));
        thresholds.setHelperText("Owners are told at 80 % and at 100 % in any case");
        per.setItems(
                Partition.Field.KEY,
                Partition.Field.API,
                Partition.Field.MODEL,
                Partition.Field.CUSTOMER,
                Partition.Field.PROJECT);
        per.setItemLabelGenerator(PartitionWords::word);
        per.setPlaceholder("All together");
        per.setHelperText("Each of them may spend the whole amount for itself");
        per.setManualValidation(true);
        per.setTestId("budget-per");
        zone.setItems(
                ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList());
        zone.setItemLabelGenerator(ZoneId::getId);
        zone.setManualValidation(true);
        zone.setTestId("budget-zone");
        throttleFrom.setPlaceholder("Never");
        onStoreFailure.setItems(OnStoreFailure.OPEN, OnStoreFailure.CLOSED);
        onStoreFailure.setItemLabelGenerator(
                policy -> policy == OnStoreFailure.OPEN ? "Let pass, and charge afterwards" : "Refuse");
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        bindErrors();

        fill();
        shutoff.addValueChangeListener(changed -> showFields());
        estimate.addValueChangeListener(changed -> showFields());
        period.addValueChangeListener(changed -> showFields());

        more.add(per, zone, throttleFrom, throttleTo, throttleRate, onStoreFailure);
        more.addClassName("form-more");
        Button save = new Button(present == null ? "Add budget" : "Save", click -> save(saved));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.addClickShortcut(Key.ENTER).listenOn(name, amount, thresholds);
        save.setTestId("budget-save");
        Div form = new Div(name, amount, period, scope, shutoff, estimate, thresholds, more, problem);
        form.addClassName("form");
        setHeaderTitle(present == null ? "Add budget" : "Change “" + present.name() + "”");
        addClassName("form-dialog");
        add(form);
        getFooter().add(new Button("Cancel", click -> close()), save);
    }

    private void bindErrors() {
        errors.bind("name", name)
                .bind("thresholds", thresholds)
                .bind("ladder.percent", throttleFrom)
                .bind("ladder.toPercent", throttleTo)
                .bind("ladder.requestsPerMinute", throttleRate)
                .bind("per", per)
                .bind("onStoreFailure", onStoreFailure);
        amount.bindTo(errors);
        scope.bindTo(errors);
    }

    private void fill() {
        if (present == null) {
            period.setValue(BudgetPeriod.MONTH);
            shutoff.setValue(true);
            estimate.setValue(Estimate.ELASTIC);
            zone.setValue(workspace.zone());
            onStoreFailure.setValue(Estimate.ELASTIC.onStoreFailure());
        } else {
            fill(present);
        }
        showFields();
    }

    private void fill(Budget known) {
        name.setValue(known.name());
        amount.setMoney(known.amount());
        period.setValue(known.period());
        period.setReadOnly(true);
        scope.setVisible(false);
        shutoff.setValue(known.shutoff());
        estimate.setValue(known.estimate());
        thresholds.setValue(percents(known.ladder().alertPercents()));
        per.setValue(known.per());
        per.setReadOnly(true);
        zone.setValue(known.zone());
        zone.setReadOnly(true);
        known.ladder().throttles().stream().findFirst().ifPresent(this::fill);
        onStoreFailure.setValue(
                known.estimate() == Estimate.STRICT ? Estimate.ELASTIC.onStoreFailure() : known.onStoreFailure());
    }

    private void fill(Throttle throttle) {
        throttleFrom.setValue(throttle.percent());
        throttleTo.setValue(throttle.toPercent());
        throttle.requestsPerMinute().ifPresent(most -> throttleRate.setValue((int) most));
    }

    private void showFields() {
        boolean refuses = shutoff.getValue();
        boolean strict = refuses && estimate.getValue() == Estimate.STRICT;
        estimate.setVisible(refuses);
        onStoreFailure.setVisible(refuses && !strict);
        zone.setVisible(period.getValue() != BudgetPeriod.TOTAL);
    }

    private void save(Runnable saved) {
        errors.clear();
        try {
            Budget known = present;
            if (known == null) {
                Budget made =
                        budgets.create(workspace, wanted(counting(), List.of())).budget();
                Notice.done("Budget “" + made.name() + "” holds from now on.");
            } else {
                List<Throttle> others =
                        known.ladder().throttles().stream().skip(1).toList();
                Budget changed = budgets.change(
                                workspace, known.id().toString(), seen, before -> wanted(before, others))
                        .budget();
                Notice.done("Budget “" + changed.name() + "” is changed.");
            }
            close();
            saved.run();
        } catch (RuntimeException failure) {
            errors.show(KnownFailures.problem(failure).orElseThrow(() -> failure));
            more.setOpened(more.isOpened() || objectsBehindMore());
        }
    }

    private boolean objectsBehindMore() {
        return Stream.<HasValidationProperties>of(per, throttleFrom, throttleTo, throttleRate, onStoreFailure)
                .anyMatch(HasValidationProperties::isInvalid);
    }

    /** What a new one covers, over which time and apart for what. */
    private NewBudget counting() {
        ArrayNode apart = NODES.arrayNode();
        per.getValue().forEach(each -> apart.add(each.wireName()));
        return new NewBudget(
                null,
                scope.scope(),
                null,
                period.getValue().wireName(),
                zone.getValue() == null ? null : zone.getValue().getId(),
                null,
                null,
                null,
                null,
                apart,
                null,
                null);
    }

    /**
     * @param counting what it covers, over which time and apart for what
     * @param others throttles that the form does not show, and that stay
     */
    NewBudget wanted(NewBudget counting, List<Throttle> others) {
        return new NewBudget(
                name.getValue().strip(),
                counting.scope(),
                amount.nanos(),
                counting.period(),
                counting.zone(),
                shutoff.getValue(),
                estimate.getValue().wireName(),
                ladder(others),
                null,
                counting.per(),
                counting.fiscalYearStart(),
                failurePolicy());
    }

    /** What the field holds is for an elastic budget: a strict one has no choice. */
    private @Nullable String failurePolicy() {
        return estimate.getValue() == Estimate.STRICT
                ? null
                : onStoreFailure.getValue().wireName();
    }

    private JsonNode ladder(List<Throttle> others) {
        ArrayNode rungs = NODES.arrayNode();
        Stream.of(thresholds.getValue().split("[,\\s%]+"))
                .filter(percent -> !percent.isEmpty())
                .map(BudgetDialog::threshold)
                .distinct()
                .forEach(percent -> rungs.addObject().put("percent", percent).put("action", "alert"));
        if (!throttleFrom.isEmpty() || !throttleTo.isEmpty() || !throttleRate.isEmpty()) {
            throttle(rungs, throttleFrom.getValue(), throttleTo.getValue(), throttleRate.getValue());
        }
        others.forEach(throttle -> throttle(
                rungs,
                throttle.percent(),
                throttle.toPercent(),
                throttle.requestsPerMinute().isEmpty()
                        ? null
                        : (int) throttle.requestsPerMinute().getAsLong()));
        return rungs;
    }

    private static void throttle(
            ArrayNode rungs, @Nullable Integer from, @Nullable Integer to, @Nullable Integer requestsPerMinute) {
        ObjectNode rung = rungs.addObject().put("action", "throttle");
        put(rung, "percent", from);
        put(rung, "toPercent", to);
        put(rung, "requestsPerMinute", requestsPerMinute);
    }

    private static void put(ObjectNode rung, String field, @Nullable Integer number) {
        if (number != null) {
            rung.put(field, number);
        }
    }

    private static int threshold(String percent) {
        try {
            int whole = Integer.parseInt(percent);
            if (whole >= 1 && whole <= Ladder.MOST_PERCENT) {
                return whole;
            }
        } catch (NumberFormatException noNumber) {
            // Said below.
        }
        throw Problem.invalid(
                "thresholds: " + percent + " (expected: whole numbers from 1 to " + Ladder.MOST_PERCENT + ")");
    }

    private static String percents(List<Integer> percents) {
        return percents.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String words(Estimate estimate) {
        return switch (estimate) {
            case STRICT -> "Strict: hold the most it can cost; never overspent";
            case ELASTIC -> "Elastic: hold what it will likely cost";
        };
    }

    private static TextField text(String label, String testId) {
        TextField field = new TextField(label);
        field.setTestId(testId);
        field.setManualValidation(true);
        return field;
    }

    private static IntegerField number(String label, String testId) {
        IntegerField field = new IntegerField(label);
        field.setTestId(testId);
        field.setManualValidation(true);
        return field;
    }

    private static <T> Select<T> select(String label, String testId) {
        Select<T> select = new Select<>();
        select.setLabel(label);
        select.setTestId(testId);
        select.setManualValidation(true);
        return select;
    }

    private static <T> RadioButtonGroup<T> radio(String label, String testId) {
        RadioButtonGroup<T> radio = new RadioButtonGroup<>(label);
        radio.setTestId(testId);
        return radio;
    }
}
