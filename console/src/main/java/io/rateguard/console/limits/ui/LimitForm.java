package io.rateguard.console.limits.ui;

import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.PartitionWords;
import io.rateguard.console.common.ui.TypedFigures;
import io.rateguard.console.limits.NewLimit;
import io.rateguard.domain.limit.Concurrency;
import io.rateguard.domain.limit.LimitMatch;
import io.rateguard.domain.limit.LimitMode;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.LimitShapes;
import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.domain.limit.TokenBucket;
import io.rateguard.domain.money.Money;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person says of a limit that is to be: how much of what, in which time, whose, and of which requests. Of a known one
 * stays what it counts, and what is not shown here.
 */
final class LimitForm extends Div {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Names by which objections to what was typed speak of it; the service has others. */
    private static final String AMOUNT = "amount";

    private static final String BURST = "burst";
    private static final List<Duration> WINDOWS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofHours(1),
            Duration.ofDays(1),
            Duration.ofDays(7),
            Duration.ofDays(30));
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
    private final TextField burst = new TextField("Of these at once");
    private final Select<LimitUnit> unit = new Select<>();
    private final Select<Duration> window = new Select<>();
    private final MultiSelectComboBox<Partition> per = new MultiSelectComboBox<>("Counted apart for each");
    private final Select<String> api = new Select<>();
    private final Select<String> key = new Select<>();
    private final TextField model = new TextField("Model");
    private final Checkbox shadow = new Checkbox("Only watch: refuse nothing yet, and tell what it would have refused");
    private final @Nullable LimitRule present;

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

    /**
     * @param present the limit to change; none for a new one
     * @param changed run after each change
     */
    LimitForm(Choices choices, @Nullable LimitRule present, FieldErrors errors, Runnable changed) {
        this.present = present;
        kind.setLabel("How it counts");
        kind.setItems(Kind.values());
        kind.setItemLabelGenerator(each -> each.words);
        kind.setTestId("limit-kind");
        unit.setLabel("Of");
        unit.setItems(UNITS);
        unit.setItemLabelGenerator(LimitForm::words);
        unit.setTestId("limit-unit");
        window.setLabel("In any");
        window.setItems(WINDOWS);
        window.setItemLabelGenerator(LimitSentence::length);
        window.setTestId("limit-window");
        per.setItems(APART);
        per.setItemLabelGenerator(PartitionWords::word);
        per.setPlaceholder("All together");
        per.setTestId("limit-per");
        api.setLabel("API");
        api.setItems(choices.apis().keySet());
        api.setItemLabelGenerator(each -> each == null ? "Every API" : choices.nameOfApi(each));
        any(api, "Every API");
        api.setTestId("limit-api");
        key.setLabel("Key");
        key.setItems(choices.keys().keySet());
        key.setItemLabelGenerator(each -> each == null ? "Every key" : choices.nameOfKey(each));
        any(key, "Every key");
        key.setTestId("limit-key");
        model.setPlaceholder("Every model");
        model.setTestId("limit-model");
        model.setHelperText("A name, or a pattern such as gpt-4o*");
        name.setMaxLength(200);
        name.setTestId("limit-name");
        amount.setTestId("limit-amount");
        burst.setTestId("limit-burst");
        Stream.of(name, amount, burst, model).forEach(field -> {
            field.setValueChangeMode(ValueChangeMode.LAZY);
            field.setManualValidation(true);
        });
        per.setManualValidation(true);
        api.setManualValidation(true);
        key.setManualValidation(true);
        name.focus();
        shadow.setTestId("limit-shadow");
        errors.bind("name", name)
                .bind(AMOUNT, amount)
                .bind(BURST, burst)
                .bind("limit.max", amount, this::words)
                .bind("limit.capacity", burst, this::words)
                .bind("limit.refill", amount, this::words)
                .bind("match.model", model)
                .bind("match.api", api)
                .bind("match.key", key)
                .bind("per", per);

        kind.addValueChangeListener(change -> showFields(change.getValue()));
        amount.addValueChangeListener(change -> follow(change.getOldValue(), change.getValue()));
        add(name, kind, amount, unit, window, burst, per, api, key, model, shadow);
        addClassName("form");
        unit.setValue(LimitUnit.REQUESTS);
        window.setValue(Duration.ofMinutes(1));
        kind.setValue(Kind.ANY_WINDOW);
        if (present != null) {
            fill(present, choices);
        }
        Stream.<HasValue<?, ?>>of(name, kind, amount, burst, unit, window, per, api, key, model)
                .forEach(field -> field.addValueChangeListener(change -> changed.run()));
    }

    /** The burst is the amount, as long as nobody has written something else there. */
    private void follow(String before, String now) {
        if (burst.getValue().equals(before)) {
            burst.setValue(now);
        }
    }

    private void fill(LimitRule known, Choices choices) {
        name.setValue(known.name());
        select(unit, UNITS, known.limit().unit());
        switch (known.limit()) {
            case SlidingWindow sliding -> fill(Kind.ANY_WINDOW, sliding.max(), sliding.window());
            case TokenBucket bucket -> {
                fill(Kind.STEADY, bucket.refill(), bucket.period());
                burst.setValue(text(bucket.capacity(), bucket.unit()));
            }
            case Concurrency concurrency -> fill(Kind.AT_ONCE, concurrency.max(), window.getValue());
        }
        per.setItems(
                Stream.concat(APART.stream(), known.per().stream()).distinct().toList());
        per.setValue(known.per());
        kind.setReadOnly(true);
        unit.setReadOnly(true);
        per.setReadOnly(true);
        kind.setHelperText("What is counted stays, as it has counted so far");
        LimitMatch match = known.match();
        if (match.api() != null) {
            select(api, choices.apis().keySet(), match.api());
        }
        if (match.key() != null) {
            select(key, choices.keys().keySet(), match.key().toString());
        }
        model.setValue(match.model() == null ? "" : match.model().toString());
        shadow.setValue(known.isShadow());
    }

    private void fill(Kind known, long most, Duration time) {
        kind.setValue(known);
        select(window, WINDOWS, time);
        amount.setValue(text(most, unit.getValue()));
    }

    /** Chooses what may be none of the usual. */
    private static <T> void select(Select<T> choice, Collection<T> usual, T value) {
        if (!usual.contains(value)) {
            choice.setItems(Stream.concat(usual.stream(), Stream.of(value)).toList());
        }
        choice.setValue(value);
    }

    private static String text(long most, LimitUnit unit) {
        return unit == LimitUnit.COST ? Money.ofNanos(most).usd() : Long.toString(most);
    }

    /** As a client of the management API would describe it; refuses figures that are none. */
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
                present == null ? null : present.onStoreFailure().wireName(),
                present == null ? null : LimitShapes.json(present.weights()));
    }

    private void showFields(Kind chosen) {
        unit.setVisible(chosen != Kind.AT_ONCE);
        window.setVisible(chosen != Kind.AT_ONCE);
        window.setLabel(chosen == Kind.STEADY ? "Every" : "In any");
        burst.setVisible(chosen == Kind.STEADY);
    }

    private ObjectNode limit() {
        ObjectNode limit = NODES.objectNode();
        long seconds = window.getValue().toSeconds();
        switch (kind.getValue()) {
            case ANY_WINDOW ->
                limit.put("algorithm", "sliding-window")
                        .put("windowSeconds", seconds)
                        .put("max", most());
            case STEADY ->
                limit.put("algorithm", "token-bucket")
                        .put("periodSeconds", seconds)
                        .put("capacity", figure(BURST, burst))
                        .put("refill", most());
            case AT_ONCE -> limit.put("algorithm", "concurrency").put("max", most());
        }
        if (kind.getValue() != Kind.AT_ONCE) {
            limit.put("unit", unit.getValue().wireName());
        }
        return limit;
    }

    private long most() {
        return figure(AMOUNT, amount);
    }

    private long figure(String called, TextField written) {
        return isMoney()
                ? TypedFigures.nanos(called, written.getValue())
                : TypedFigures.count(called, written.getValue());
    }

    private boolean isMoney() {
        return kind.getValue() != Kind.AT_ONCE && unit.getValue() == LimitUnit.COST;
    }

    /** The service speaks of nano-dollars where the form has dollars. */
    private String words(String objection) {
        return isMoney() ? Amounts.inDollars(objection) : objection;
    }

    private ObjectNode match() {
        ObjectNode match = present == null ? NODES.objectNode() : LimitShapes.json(present.match());
        String pattern = model.getValue().strip();
        match.put("api", api.getValue());
        match.put("key", key.getValue());
        match.put("model", pattern.isEmpty() ? null : pattern);
        return match;
    }

    private ArrayNode apart() {
        return LimitShapes.json(
                present == null
                        ? APART.stream().filter(per.getValue()::contains).toList()
                        : present.per());
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
