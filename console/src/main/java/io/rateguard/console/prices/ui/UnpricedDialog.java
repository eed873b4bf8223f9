package io.rateguard.console.prices.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.prices.UnpricedRequests;
import io.rateguard.console.prices.UnpricedRequests.Decided;
import io.rateguard.console.prices.UnpricedRequests.NewDecision;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.price.CeilingPrice;
import io.rateguard.domain.price.UnpricedPolicy.Choice;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A form for what becomes of requests without a price. What the service objects to stands beside the field. */
final class UnpricedDialog extends Dialog {

    private static final String CAP = "outputCapTokens";

    private final Select<Choice> choice = new Select<>();
    private final TextField input = field("Input, dollars per million tokens", "unpriced-input");
    private final TextField output = field("Output, dollars per million tokens", "unpriced-output");
    private final TextField cap = field("Output tokens to hold where no limit is known", "unpriced-cap");
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    UnpricedDialog(UnpricedRequests requests, WorkspaceId workspace, Runnable changed) {
        Decided decided = requests.read(workspace);
        choice.setLabel("Requests to models without a price");
        choice.setItems(Choice.values());
        choice.setItemLabelGenerator(UnpricedWords::title);
        choice.setTestId("unpriced-choice");
        choice.addValueChangeListener(chosen -> showRates());
        cap.setHelperText(
                "For requests that name no limit, to models whose most is not known. Without it strict budgets"
                        + " refuse them.");
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        errors.bind("ceiling.input", input).bind("ceiling.output", output).bind(CAP, cap);
        fill(decided);

        Button save = new Button("Save", click -> save(requests, workspace, changed));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        save.addClickShortcut(Key.ENTER).listenOn(input, output, cap);
        save.setTestId("unpriced-save");
        Div form = new Div(choice, input, output, cap, problem);
        form.addClassName("form");
        setHeaderTitle("Models without a price");
        addClassName("form-dialog");
        add(form);
        getFooter().add(new Button("Cancel", click -> close()), save);
    }

    private void fill(Decided decided) {
        choice.setValue(decided.policy().choice());
        CeilingPrice ceiling = decided.policy().ceiling();
        if (ceiling != null) {
            input.setValue(ceiling.input().usdPerMillion());
            output.setValue(ceiling.output().usdPerMillion());
        }
        Long tokens = decided.outputCapTokens();
        cap.setValue(tokens == null ? "" : tokens.toString());
        showRates();
    }

    private void showRates() {
        boolean rates = choice.getValue() == Choice.CEILING;
        input.setVisible(rates);
        output.setVisible(rates);
    }

    private void save(UnpricedRequests requests, WorkspaceId workspace, Runnable changed) {
        errors.clear();
        try {
            Choice chosen = choice.getValue();
            requests.decide(
                    workspace, new NewDecision(chosen.wireName(), chosen == Choice.CEILING ? rates() : null, tokens()));
            close();
            Notice.done("Models without a price: saved.");
            changed.run();
        } catch (RuntimeException failure) {
            errors.show(KnownFailures.problem(failure).orElseThrow(() -> failure));
        }
    }

    private ObjectNode rates() {
        ObjectNode rates = JsonNodeFactory.instance.objectNode();
        put(rates, "input", input);
        put(rates, "output", output);
        return rates;
    }

    private static void put(ObjectNode rates, String name, TextField field) {
        String text = field.getValue().strip();
        if (!text.isEmpty()) {
            rates.put(name, text);
        }
    }

    private @Nullable Long tokens() {
        String text = cap.getValue().strip();
        try {
            return text.isEmpty() ? null : Long.valueOf(text);
        } catch (NumberFormatException noNumber) {
            throw Problem.invalid(CAP + ": " + text + " (expected: a whole number above 0)");
        }
    }

    private static TextField field(String label, String testId) {
        TextField field = new TextField(label);
        field.setTestId(testId);
        field.setManualValidation(true);
        return field;
    }
}
