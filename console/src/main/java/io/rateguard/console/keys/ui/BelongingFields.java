package io.rateguard.console.keys.ui;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.keys.Keys.Key;
import io.rateguard.console.problem.Problem;
import io.rateguard.domain.key.CustomerHeader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks whose a key is and for whom it asks: what budgets, limits and costs tell requests apart by. */
final class BelongingFields extends Details {

    private final TextField owner = new TextField("Owner");
    private final TextField project = new TextField("Project");
    private final TextField tags = new TextField("Tags");
    private final TextField customer = new TextField("Customer");
    private final RadioButtonGroup<CustomerHeader> header = new RadioButtonGroup<>("A customer named by the caller");

    BelongingFields() {
        setSummaryText("Owner, project, tags, customer");
        ask(owner, "key-owner", "For people: who answers for it");
        ask(project, "key-project", "Budgets and limits can be set on it");
        ask(tags, "key-tags", "Such as team:search, stage:prod");
        ask(customer, "key-customer", "For whom all its requests are made, if for one");
        header.setItems(CustomerHeader.values());
        header.setItemLabelGenerator(BelongingFields::words);
        header.setValue(CustomerHeader.IGNORED);
        header.setHelperText("X-RateGuard-Customer, where the key has no customer of its own");
        header.setTestId("key-customer-header");
        Div fields = new Div(owner, project, tags, customer, header);
        fields.addClassName("form");
        add(fields);
        setTestId("key-belonging");
    }

    void show(Key key) {
        owner.setValue(orEmpty(key.owner()));
        project.setValue(orEmpty(key.project()));
        tags.setValue(key.tags().entrySet().stream()
                .map(tag -> tag.getKey() + ":" + tag.getValue())
                .collect(Collectors.joining(", ")));
        customer.setValue(orEmpty(key.customer()));
        header.setValue(key.customerHeader());
    }

    void bind(FieldErrors errors) {
        errors.bind("owner", owner)
                .bind("project", project)
                .bind("tags", tags)
                .bind("customer", customer)
                .bind("customerHeader", header);
    }

    /** What is wrong with one of them shall be seen. */
    void openIfWrong() {
        if (List.of(owner, project, tags, customer).stream().anyMatch(TextField::isInvalid)) {
            setOpened(true);
        }
    }

    @Nullable
    String owner() {
        return text(owner);
    }

    @Nullable
    String project() {
        return text(project);
    }

    @Nullable
    String customer() {
        return text(customer);
    }

    String customerHeader() {
        return header.getValue().wireName();
    }

    Map<String, String> tags() {
        Map<String, String> named = new LinkedHashMap<>();
        for (String tag : KeyFields.listed(tags)) {
            int colon = tag.indexOf(':');
            if (colon < 1) {
                throw Problem.invalid("tags: " + tag + " (expected: name:value, such as team:search)");
            }
            named.put(tag.substring(0, colon).strip(), tag.substring(colon + 1).strip());
        }
        return named;
    }

    private static String words(CustomerHeader header) {
        return switch (header) {
            case IGNORED -> "Does not count";
            case TRUSTED -> "Counts";
            case REQUIRED -> "Has to be there";
        };
    }

    private static void ask(TextField field, String testId, String help) {
        field.setHelperText(help);
        field.setManualValidation(true);
        field.setTestId(testId);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String text(TextField field) {
        return field.getValue().isBlank() ? null : field.getValue().strip();
    }
}
