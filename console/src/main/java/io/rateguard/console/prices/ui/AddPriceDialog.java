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
import io.rateguard.console.prices.NewPrice;
import io.rateguard.console.prices.Prices;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.domain.id.WorkspaceId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A form for a price of models or of calls. What the service objects to stands beside the field. */
final class AddPriceDialog extends Dialog {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What a price holds for. */
    private enum Kind {
        MODELS("Models"),
        CALLS("Calls of an API");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    private final Prices prices;
    private final WorkspaceId workspace;

    private final Select<Kind> kind = new Select<>();
    private final Select<String> api = new Select<>();
    private final TextField model = field("Model, with * for any text", "price-model");
    private final TextField input = field("Input, dollars per million tokens", "price-input");
    private final TextField output = field("Output, dollars per million tokens", "price-output");
    private final TextField cacheRead = field("Cache reads, if they cost otherwise", "price-cache-read");
    private final TextField method = field("Method, if not all", "price-method");
    private final TextField path = field("Path, with * for a segment", "price-path");
    private final TextField status = field("Status, if not all but errors", "price-status");
    private final TextField perCall = field("Dollars per call", "price-per-call");
    private final TextField pointer = field("JSON pointer to a number in the reply", "price-pointer");
    private final TextField rate = field("Dollars per unit of that number", "price-rate");
    private final TextField max = field("At most, dollars per call", "price-max");
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    AddPriceDialog(Prices prices, WorkspaceId workspace, List<String> apis, Runnable added) {
        this.prices = prices;
        this.workspace = workspace;
        kind.setLabel("Holds for");
        kind.setItems(Kind.values());
        kind.setItemLabelGenerator(it -> it.title);
        kind.setTestId("price-kind");
        api.setLabel("API");
        api.setItems(apis);
        api.setEmptySelectionAllowed(true);
        api.setEmptySelectionCaption("All");
        api.setManualValidation(true);
        api.setTestId("price-api");
        path.setPlaceholder("/v1/charges");
        pointer.setPlaceholder("/amount");
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        errors.bind("api", api);
        Map.of(
                        "model", model,
                        "rates.input", input,
                        "rates.output", output,
                        "rates.cache_read", cacheRead,
                        "call.method", method,
                        "path", path,
                        "call.status", status,
                        "perCall", perCall,
                        "perValue.rate", rate,
                        "max", max)
                .forEach(errors::bind);
        errors.bind("perValue.pointer", pointer);
        kind.addValueChangeListener(changed -> showFields());
        kind.setValue(Kind.MODELS);

        Button add = new Button("Add price", click -> add(added));
        add.addThemeVariants(ButtonVariant.PRIMARY);
        add.addClickShortcut(Key.ENTER).listenOn(fields().toArray(TextField[]::new));
        add.setTestId("price-save");
        Div form = new Div(kind, api);
        fields().forEach(form::add);
        form.add(problem);
        form.addClassName("form");
        setHeaderTitle("Add price");
        addClassName("form-dialog");
        add(form);
        getFooter().add(new Button("Cancel", click -> close()), add);
    }

    private Stream<TextField> fields() {
        return Stream.concat(ofModels(), ofCalls());
    }

    private Stream<TextField> ofModels() {
        return Stream.of(model, input, output, cacheRead);
    }

    private Stream<TextField> ofCalls() {
        return Stream.of(method, path, status, perCall, pointer, rate, max);
    }

    private void showFields() {
        boolean calls = kind.getValue() == Kind.CALLS;
        ofModels().forEach(field -> field.setVisible(!calls));
        ofCalls().forEach(field -> field.setVisible(calls));
    }

    private void add(Runnable added) {
        errors.clear();
        try {
            Prices.Price price = prices.create(
                    workspace, kind.getValue() == Kind.CALLS ? ofCalls(api.getValue()) : ofModels(api.getValue()));
            close();
            Notice.done("“" + PriceWords.subject(price.own()) + "” has a price of its own.");
            added.run();
        } catch (RuntimeException failure) {
            errors.show(KnownFailures.problem(failure).orElseThrow(() -> failure));
        }
    }

    private NewPrice ofModels(@Nullable String chosen) {
        return new NewPrice(
                chosen,
                model.getValue().strip(),
                object(Map.of("input", input, "output", output, "cache_read", cacheRead)),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private NewPrice ofCalls(@Nullable String chosen) {
        JsonNode perValue = object(Map.of("pointer", pointer, "rate", rate));
        return new NewPrice(
                chosen,
                null,
                null,
                null,
                null,
                object(Map.of("method", method, "path", path, "status", status)),
                text(perCall),
                perValue.isEmpty() ? null : perValue,
                text(max));
    }

    /** The fields that something was written in. */
    private static ObjectNode object(Map<String, TextField> fields) {
        ObjectNode node = NODES.objectNode();
        fields.forEach((name, field) -> {
            JsonNode written = text(field);
            if (written != null) {
                node.set(name, written);
            }
        });
        return node;
    }

    private static @Nullable JsonNode text(TextField field) {
        String text = field.getValue().strip();
        return text.isEmpty() ? null : NODES.stringNode(text);
    }

    private static TextField field(String label, String testId) {
        TextField field = new TextField(label);
        field.setTestId(testId);
        field.setManualValidation(true);
        return field;
    }
}
