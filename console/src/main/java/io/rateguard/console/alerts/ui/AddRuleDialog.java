package io.rateguard.console.alerts.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.rateguard.console.alerts.AlertRules;
import io.rateguard.console.alerts.Channels.Channel;
import io.rateguard.console.alerts.NewAlertRule;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.domain.alert.AlertKind;
import io.rateguard.domain.alert.AlertKind.Threshold;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A form for what is to be told where. Left empty, a field means what its placeholder says. */
final class AddRuleDialog extends Dialog {

    private static final List<Duration> WINDOWS =
            Stream.of(5, 15, 60, 6 * 60, 24 * 60).map(Duration::ofMinutes).toList();
    private static final List<Duration> DAYS =
            Stream.of(1, 7, 14, 30).map(Duration::ofDays).toList();

    private final AlertRules rules;
    private final WorkspaceId workspace;
    private final Subjects subjects;

    private final Select<AlertKind> kind = new Select<>();
    private final TextField name = new TextField("Name");
    private final Select<Subject> subject = new Select<>();
    private final TextField model = new TextField("Model");
    private final IntegerField percent = new IntegerField("From, percent");
    private final IntegerField millis = new IntegerField("From, milliseconds");
    private final Select<Duration> window = new Select<>();
    private final IntegerField minimum = new IntegerField("Of at least so many requests");
    private final MultiSelectComboBox<Channel> channels = new MultiSelectComboBox<>("Channels");
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    AddRuleDialog(AlertRules rules, WorkspaceId workspace, Subjects subjects, List<Channel> all, Runnable added) {
        this.rules = rules;
        this.workspace = workspace;
        this.subjects = subjects;

        kind.setLabel("Tells when");
        kind.setItems(AlertKind.values());
        kind.setItemLabelGenerator(RuleSentence::title);
        kind.setTestId("rule-type");
        kind.addValueChangeListener(changed -> showFields(changed.getValue()));
        name.setManualValidation(true);
        name.setMaxLength(200);
        name.setTestId("rule-name");
        subject.setItemLabelGenerator(each -> each == null ? "All" : each.name());
        subject.setEmptySelectionAllowed(true);
        subject.setEmptySelectionCaption("All");
        subject.setManualValidation(true);
        subject.setTestId("rule-subject");
        model.setPlaceholder("All");
        model.setManualValidation(true);
        window.setLabel("Within");
        window.setItemLabelGenerator(RuleSentence::span);
        window.setManualValidation(true);
        number(percent, "rule-percent");
        number(millis, "rule-millis");
        number(minimum, "rule-minimum");
        channels.setItems(all);
        channels.setItemLabelGenerator(Channel::name);
        channels.setManualValidation(true);
        channels.setTestId("rule-channels");
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        errors.bind("name", name)
                .bind("when.percent", percent)
                .bind("when.millis", millis)
                .bind("when.windowSeconds", window)
                .bind("when.minimum", minimum)
                .bind("channels", channels);

        Button add = new Button("Add rule", click -> add(added));
        add.addThemeVariants(ButtonVariant.PRIMARY);
        add.setTestId("rule-save");
        Div form = new Div(kind, name, subject, model, percent, millis, window, minimum, channels, problem);
        form.addClassName("form");
        setHeaderTitle("Add rule");
        addClassName("form-dialog");
        add(form);
        getFooter().add(new Button("Cancel", click -> close()), add);
        kind.setValue(AlertKind.BUDGET_THRESHOLD);
    }

    private void showFields(AlertKind chosen) {
        boolean models = chosen.subject() == AlertKind.Subject.MODEL;
        subject.setVisible(!models);
        subject.setLabel(Subjects.title(chosen.subject()));
        subject.setItems(subjects.of(chosen.subject()));
        model.setVisible(models);
        percent.setVisible(chosen.unit() == Threshold.PERCENT);
        percent.setPlaceholder(
                chosen == AlertKind.BUDGET_THRESHOLD ? "Every threshold" : Integer.toString(chosen.threshold()));
        millis.setVisible(chosen.unit() == Threshold.MILLIS);
        millis.setPlaceholder(Integer.toString(chosen.threshold()));
        window.setVisible(!chosen.window().isZero());
        window.setItems(chosen == AlertKind.KEY_EXPIRING ? DAYS : WINDOWS);
        window.setValue(chosen.window().isZero() ? null : chosen.window());
        minimum.setVisible(chosen.minimum() > 0);
        minimum.setPlaceholder(Integer.toString(chosen.minimum()));
        errors.clear();
    }

    private void add(Runnable added) {
        errors.clear();
        try {
            AlertRules.AlertRule rule = rules.create(workspace, wanted(kind.getValue()));
            close();
            Notice.done("Rule “" + rule.name() + "” watches from now on.");
            added.run();
        } catch (RuntimeException failure) {
            errors.show(KnownFailures.problem(failure).orElseThrow(() -> failure));
        }
    }

    private NewAlertRule wanted(AlertKind chosen) {
        return new NewAlertRule(
                name.getValue().strip(),
                new NewAlertRule.When(
                        chosen.wireName(),
                        subject(chosen),
                        percent.isVisible() ? percent.getValue() : null,
                        millis.isVisible() ? millis.getValue() : null,
                        window.isVisible() ? (Integer) (int) window.getValue().toSeconds() : null,
                        minimum.isVisible() ? minimum.getValue() : null),
                channels.getValue().stream().map(each -> each.id().toString()).toList());
    }

    private @Nullable String subject(AlertKind chosen) {
        if (chosen.subject() == AlertKind.Subject.MODEL) {
            return model.getValue().isBlank() ? null : model.getValue().strip();
        }
        @Nullable Subject one = subject.getValue();
        return one == null ? null : one.id();
    }

    private static void number(IntegerField field, String testId) {
        field.setManualValidation(true);
        field.setTestId(testId);
    }
}
