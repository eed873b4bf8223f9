package io.rateguard.console.budgets.ui;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import io.rateguard.console.budgets.NewBudget;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.domain.budget.BudgetScope.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a budget covers: a kind of thing, and which one. */
final class ScopeField extends Div {

    private final List<Named> apis;
    private final List<Named> keys;
    private final Select<Type> type = new Select<>();
    private final ComboBox<Named> one = new ComboBox<>();

    /** What can be covered, as the service and as people know it. */
    record Named(String value, String name) {}

    ScopeField(List<Named> apis, List<Named> keys) {
        this.apis = apis;
        this.keys = keys;
        type.setLabel("Covers");
        type.setItems(Type.values());
        type.setItemLabelGenerator(ScopeField::words);
        type.setTestId("budget-scope");
        one.setItemLabelGenerator(Named::name);
        one.addCustomValueSetListener(written -> one.setValue(new Named(written.getDetail(), written.getDetail())));
        one.setManualValidation(true);
        one.setTestId("budget-scope-value");
        type.addValueChangeListener(changed -> ask(changed.getValue()));
        type.setValue(Type.WORKSPACE);
        addClassName("form-pair");
        add(type, one);
    }

    void bindTo(FieldErrors errors) {
        errors.bind("scope.value", one);
    }

    NewBudget.Scope scope() {
        @Nullable Named chosen = one.getValue();
        return new NewBudget.Scope(type.getValue().wireName(), chosen == null ? null : chosen.value());
    }

    private void ask(Type chosen) {
        one.clear();
        one.setVisible(chosen != Type.WORKSPACE);
        one.setAllowCustomValue(chosen != Type.API && chosen != Type.KEY);
        one.setItems(chosen == Type.API ? apis : chosen == Type.KEY ? keys : List.of());
        one.setLabel(
                switch (chosen) {
                    case WORKSPACE -> "";
                    case API -> "API";
                    case KEY -> "Key";
                    case PROJECT -> "Project";
                    case TAG -> "Tag, as name:value";
                    case CUSTOMER -> "Customer";
                });
        one.setPlaceholder(chosen == Type.TAG ? "team:search" : "");
    }

    private static String words(Type type) {
        return switch (type) {
            case WORKSPACE -> "The whole workspace";
            case API -> "One API";
            case KEY -> "One key";
            case PROJECT -> "One project";
            case TAG -> "One value of a tag";
            case CUSTOMER -> "One customer";
        };
    }
}
