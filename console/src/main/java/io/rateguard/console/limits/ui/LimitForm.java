package io.rateguard.console.limits.ui;

import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.PartitionWords;
import io.rateguard.console.keys.Keys.Key;
import io.rateguard.console.limits.NewLimit;
import io.rateguard.domain.limit.LimitMode;
import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.Partition;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a person says of a limit that is to be: how much of what, in which time, whose, and of which requests. */
final class LimitForm extends Div {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int NANO_DIGITS = 9;
    private static final List<Duration> WINDOWS = Stream.of(
                    Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5))
            .toList();
    private static final List<Duration> LONG_WINDOWS =
            List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(30));
    private static final List<LimitUnit> UNITS = List.of(
            LimitUnit.REQUESTS, LimitUnit.TOKENS, LimitUnit.INPUT_TOKENS, LimitUnit.OUTPUT_TOKENS, LimitUnit.COST);
    private static final List<Partition> APART = List.of(
            Partition.Field.KEY,
            Partition.Field.CUSTOMER,
            Partition.Field.MODEL,
            Partition.Field.API,
            Partition.Field.PROJECT,
            Partition.Field.IP);

    private final TextField name = new TextField("Name");
    private final Select<Kind> kind = new Select<>();
    private final TextField amount = new TextField("At most");
    private final Select<LimitUnit> unit = new Select<>();
    private final Select<Duration> window = new Select<>();
    private final MultiSelectComboBox<Partition> per = new MultiSelectComboBox<>("Counted apart for each");
    private final Select<Api> api = new Select<>();
    private final Select<Key> key = new Select<>();
    private final TextField model = new TextField("Model");
    private final Checkbox shadow = new Checkbox("Only watch: refuse nothing yet, and tell what it would have refused");

    /** How it counts. */
    enum Kind {
        ANY_WINDOW("Within any stretch of time"),
        STEADY("Steadily, so much at once"),
        AT_ONCE("At once");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** @param changed run after each change */
    LimitForm(Choices choices, FieldErrors errors, Runnable changed) {
        kind.setLabel("How it counts");
        kind.setItems(Kind.values());
        kind.setItemLabelGenerator(each -> each.words);
        kind.setTestId("limit-kind");
        unit.setLabel("Of");
        unit.setItems(UNITS);
        unit.setItemLabelGenerator(LimitForm::words);
        unit.setTestId("limit-unit");
        window.setLabel("In any");
        window.setItems(Stream.concat(WINDOWS.stream(), LONG_WINDOWS.stream()).toList());
        window.setItemLabelGenerator(LimitSentence::length);
        window.setTestId("limit-window");
        per.setItems(APART);
        per.setItemLabelGenerator(PartitionWords::word);
        per.setPlaceholder("All together");
        per.setTestId("limit-per");
        api.setLabel("API");
        api.setItems(choices.apis());
        api.setItemLabelGenerator(each -> each == null ? "Every API" : each.name());
        any(api, "Every API");
        api.setTestId("limit-api");
        key.setLabel("Key");
        key.setItems(choices.keys());
        key.setItemLabelGenerator(each -> each == null ? "Every key" : each.name());
        any(key, "Every key");
        key.setTestId("limit-key");
        model.setPlaceholder("Every model");
        model.setTestId("limit-model");
        model.setHelperText("A name, or a pattern such as gpt-4o*");
        name.setMaxLength(200);
        name.setTestId("limit-name");
        amount.setTestId("limit-amount");
        Stream.of(name, amount, model).forEach(field -> {
            field.setValueChangeMode(ValueChangeMode.LAZY);
            field.setManualValidation(true);
        });
        per.setManualValidation(true);
        api.setManualValidation(true);
        key.setManualValidation(true);
        name.focus();
        shadow.setTestId("limit-shadow");
        errors.bind("name", name)
                .bind("limit.max", amount)
                .bind("limit.capacity", amount)
                .bind("limit.refill", amount)
                .bind("match.model", model)
                .bind("match.api", api)
                .bind("match.key", key)
                .bind("per", per);

        kind.addValueChangeListener(change -> showFields(change.getValue()));
        add(name, kind, amount, unit, window, per, api, key, model, shadow);
        addClassName("form");
        unit.setValue(LimitUnit.REQUESTS);
        window.setValue(Duration.ofMinutes(1));
        kind.setValue(Kind.ANY_WINDOW);
        Stream.<HasValue<?, ?>>of(name, kind, amount, unit, window, per, api, key, model)
                .forEach(field -> field.addValueChangeListener(change -> changed.run()));
    }

    /** As a client of the management API would describe it. */
    NewLimit wanted() {
        return named(name.getValue().strip());
    }

    /** The same, under any name: to be tried, it needs none of its own. */
    NewLimit described() {
        return named("tried");
    }

    private NewLimit named(String called) {
        return new NewLimit(
                called,
                match(),
                apart(),
                limit(),
                (shadow.getValue() ? LimitMode.SHADOW : LimitMode.ENFORCE).wireName(),
                null,
                null,
                null);
    }

    private void showFields(Kind chosen) {
        unit.setVisible(chosen != Kind.AT_ONCE);
        window.setVisible(chosen != Kind.AT_ONCE);
        window.setLabel(chosen == Kind.STEADY ? "Every" : "In any");
    }

    private ObjectNode limit() {
        ObjectNode limit = NODES.objectNode();
        long seconds = window.getValue().toSeconds();
        switch (kind.getValue()) {
            case ANY_WINDOW -> put(limit.put("algorithm", "sliding-window").put("windowSeconds", seconds), "max");
            case STEADY -> {
                put(limit.put("algorithm", "token-bucket").put("periodSeconds", seconds), "capacity");
                put(limit, "refill");
            }
            case AT_ONCE -> put(limit.put("algorithm", "concurrency"), "max");
        }
        if (kind.getValue() != Kind.AT_ONCE) {
            limit.put("unit", unit.getValue().wireName());
        }
        return limit;
    }

    /** What is no number goes to the service as it is: its objection names it. */
    private void put(ObjectNode limit, String field) {
        String text = amount.getValue().strip().replace(",", "");
        boolean money = kind.getValue() != Kind.AT_ONCE && unit.getValue() == LimitUnit.COST;
        try {
            BigDecimal number = new BigDecimal(money ? text.replaceFirst("^\\$", "") : text);
            limit.put(field, (money ? number.movePointRight(NANO_DIGITS) : number).longValueExact());
        } catch (ArithmeticException | NumberFormatException none) {
            limit.put(field, text);
        }
    }

    private ObjectNode match() {
        ObjectNode match = NODES.objectNode();
        if (!api.isEmpty()) {
            match.put("api", api.getValue().slug());
        }
        if (!key.isEmpty()) {
            match.put("key", key.getValue().id().toString());
        }
        if (!model.getValue().isBlank()) {
            match.put("model", model.getValue().strip());
        }
        return match;
    }

    private ArrayNode apart() {
        ArrayNode names = NODES.arrayNode();
        APART.stream().filter(per.getValue()::contains).forEach(each -> names.add(each.wireName()));
        return names;
    }

    private static String words(LimitUnit unit) {
        return switch (unit) {
            case REQUESTS -> "Requests";
            case TOKENS -> "Tokens";
            case INPUT_TOKENS -> "Input tokens";
            case OUTPUT_TOKENS -> "Output tokens";
            case WEIGHTED_TOKENS -> "Weighted tokens";
            case COST -> "Dollars";
        };
    }

    private static <T> void any(Select<T> choice, String caption) {
        choice.setEmptySelectionAllowed(true);
        choice.setEmptySelectionCaption(caption);
    }
}
