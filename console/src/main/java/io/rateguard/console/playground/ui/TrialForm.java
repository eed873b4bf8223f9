package io.rateguard.console.playground.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.playground.Playground;
import io.rateguard.console.playground.Trial;
import io.rateguard.console.problem.Problem;
import io.rateguard.domain.key.Secret;
import java.util.List;

/** A request as it is edited, and the key that it goes with. */
final class TrialForm extends Div {

    private final Select<Api> api = new Select<>();
    private final Select<Trial> begin = new Select<>();
    private final RadioButtonGroup<KeyChoice> key = new RadioButtonGroup<>("Key");
    private final PasswordField own = new PasswordField("Your key");
    private final Select<String> method = new Select<>();
    private final TextField path = new TextField("Path");
    private final TextArea headers = new TextArea("Headers");
    private final TextArea body = new TextArea("Body");
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    /** @param apis one at least */
    TrialForm(List<Api> apis) {
        choose(api, "API", "try-api", apis);
        api.setItemLabelGenerator(Api::name);
        choose(begin, "Begin with", "try-begin", List.of());
        begin.setItemLabelGenerator(Trial::title);
        choose(
                method,
                "Method",
                "try-method",
                Playground.METHODS.stream().sorted().toList());
        key.setItems(KeyChoice.values());
        key.setItemLabelGenerator(choice -> choice.words);
        key.setValue(KeyChoice.LENT);
        key.setTestId("try-key");
        own.setTestId("try-own-key");
        own.setManualValidation(true);
        own.setVisible(false);
        own.setHelperText("It is sent, and neither kept nor written down");
        own.getElement().setAttribute("autocomplete", "off");
        path.setManualValidation(true);
        path.setTestId("try-path");
        headers.setManualValidation(true);
        headers.setTestId("try-headers");
        headers.setHelperText("One a line, such as X-RateGuard-Customer: acme");
        headers.setMinRows(1);
        body.setManualValidation(true);
        body.setTestId("try-body");
        body.addClassName("code-field");
        body.setMinRows(6);
        body.setMaxRows(20);
        body.setMaxLength(Playground.MOST_BODY_CHARS);
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");

        errors.bind("key", own)
                .bind("method", method)
                .bind("path", path)
                .bind("headers", headers)
                .bind("body", body);
        key.addValueChangeListener(changed -> own.setVisible(changed.getValue() == KeyChoice.OWN));
        api.addValueChangeListener(changed -> offer(changed.getValue()));
        begin.addValueChangeListener(changed -> {
            if (changed.getValue() != null) {
                fill(changed.getValue());
            }
        });

        Div what = new Div(api, begin);
        what.addClassName("try-pair");
        Div where = new Div(method, path);
        where.addClassName("try-line");
        addClassNames("form", "try-form");
        add(what, key, own, where, headers, body, problem);
        api.setValue(apis.getFirst());
    }

    private static <T> void choose(Select<T> field, String label, String testId, List<T> items) {
        field.setLabel(label);
        field.setItems(items);
        field.setManualValidation(true);
        field.setTestId(testId);
    }

    private void offer(Api chosen) {
        List<Trial> trials = Trial.of(chosen.profile());
        begin.setItems(trials);
        begin.setValue(trials.getFirst());
        path.setHelperText("After /proxy/" + chosen.slug());
    }

    private void fill(Trial trial) {
        method.setValue(trial.method());
        path.setValue(trial.path());
        headers.setValue(trial.headers());
        body.setValue(trial.body());
    }

    void clearErrors() {
        errors.clear();
    }

    void show(Problem refused) {
        errors.show(refused);
    }

    String api() {
        return api.getValue().slug();
    }

    Trial trial() {
        return new Trial("", method.getValue(), path.getValue(), headers.getValue(), body.getValue());
    }

    boolean wantsLentKey() {
        return key.getValue() == KeyChoice.LENT;
    }

    Secret ownKey() {
        return Secret.parse(own.getValue().strip())
                .filter(secret -> secret.kind().isKey())
                .orElseThrow(() -> Problem.invalid(
                        "key: not a RateGuard key (expected: rg_live_ or rg_test_ and 38 letters and digits)"));
    }

    private enum KeyChoice {
        LENT("Lent to you for ten minutes"),
        OWN("One of yours");

        private final String words;

        KeyChoice(String words) {
            this.words = words;
        }
    }
}
