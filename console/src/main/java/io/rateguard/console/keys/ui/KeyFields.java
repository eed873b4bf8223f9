package io.rateguard.console.keys.ui;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.keys.Keys.Key;
import io.rateguard.console.keys.NewKey;
import io.rateguard.console.problem.Problem;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks what a key is for, what it may be used for and until when. */
final class KeyFields extends Div {

    private final TextField name = new TextField("Name");
    private final RadioButtonGroup<String> environment = new RadioButtonGroup<>("Environment");
    private final MultiSelectComboBox<Api> allowed = new MultiSelectComboBox<>("APIs");
    private final TextField models = new TextField("Models");
    private final TextField endpoints = new TextField("Endpoints");
    private final TextField ipRanges = new TextField("Addresses");
    private final ExpiryChoice expires;
    private final BelongingFields belonging = new BelongingFields();
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);
    private Set<Api> shown = Set.of();
    private @Nullable List<String> slugs;

    /** Of a key that is to be made. */
    KeyFields(List<Api> apis, ExpiryChoice expires) {
        this.expires = expires;
        name.setHelperText("For people: where the key is used");
        name.setManualValidation(true);
        name.setRequiredIndicatorVisible(true);
        name.setMaxLength(200);
        name.setTestId("key-name");
        name.focus();
        environment.setItems("live", "test");
        environment.setItemLabelGenerator(kind -> kind.equals("live") ? "Live" : "Test");
        environment.setValue("live");
        allowed.setItems(apis);
        allowed.setItemLabelGenerator(Api::name);
        allowed.setPlaceholder("All APIs, those to come too");
        allowed.setTestId("key-apis");
        scope(models, "key-models", "All", "Names, such as gpt-4o*, claude-*");
        scope(endpoints, "key-endpoints", "All", "Patterns, such as /v1/chat/**");
        scope(ipRanges, "key-ip-ranges", "Any", "Blocks, such as 203.0.113.0/24, 2001:db8::/32");
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        errors.bind("name", name)
                .bind("apis", allowed)
                .bind("models", models)
                .bind("endpoints", endpoints)
                .bind("ipRanges", ipRanges);
        belonging.bind(errors);
        expires.bind(errors);
        addClassName("form");
        add(name, environment, allowed, models, endpoints, ipRanges, expires, belonging, problem);
    }

    /** Of one that is there. */
    KeyFields(List<Api> apis, ExpiryChoice expires, Key key) {
        this(apis, expires);
        name.setValue(key.name());
        environment.setValue(key.environment());
        environment.setVisible(false);
        slugs = key.apis();
        if (slugs != null) {
            List<String> named = slugs;
            shown = apis.stream().filter(api -> named.contains(api.slug())).collect(Collectors.toSet());
            allowed.setValue(shown);
            if (shown.isEmpty()) {
                allowed.setPlaceholder("None that is there");
            }
        }
        models.setValue(String.join(", ", key.models()));
        endpoints.setValue(String.join(", ", key.endpoints()));
        ipRanges.setValue(String.join(", ", key.ipRanges()));
        belonging.show(key);
    }

    TextField name() {
        return name;
    }

    /** Does something with what is asked for here, and shows what it objects to. */
    void attempt(Runnable action) {
        errors.clear();
        try {
            action.run();
        } catch (Problem refused) {
            errors.show(refused);
            belonging.openIfWrong();
        }
    }

    NewKey wanted() {
        return new NewKey(
                name.getValue(),
                environment.getValue(),
                slugs(),
                belonging.tags(),
                belonging.project(),
                belonging.owner(),
                belonging.customer(),
                belonging.customerHeader(),
                expires.end(),
                listed(models),
                listed(endpoints),
                listed(ipRanges));
    }

    /** What was not touched stays, so that the end of an API opens no other. */
    private @Nullable List<String> slugs() {
        if (allowed.getValue().equals(shown)) {
            return slugs;
        }
        return allowed.getValue().isEmpty()
                ? null
                : allowed.getValue().stream().map(Api::slug).sorted().toList();
    }

    private static void scope(TextField field, String testId, String all, String help) {
        field.setPlaceholder(all);
        field.setHelperText(help);
        field.setManualValidation(true);
        field.setTestId(testId);
    }

    /** What is separated by commas. */
    static List<String> listed(TextField field) {
        return Stream.of(field.getValue().split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
