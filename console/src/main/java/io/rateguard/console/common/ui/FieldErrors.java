package io.rateguard.console.common.ui;

import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.HasValue.ValueChangeEvent;
import com.vaadin.flow.component.shared.HasValidationProperties;
import io.rateguard.console.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Puts what a service objects to beside the field it names; what names no field goes to the form as a whole. */
public final class FieldErrors {

    private static final String STALE = "Somebody has changed it since this form was opened."
            + " Close the form and open it again to see how it is now.";

    private final Map<String, Bound> fields = new LinkedHashMap<>();
    private final Consumer<String> otherwise;

    public FieldErrors(Consumer<String> otherwise) {
        this.otherwise = otherwise;
    }

    /** Binds a field to the name by which the services speak of it; its error goes away once it is changed. */
    public <F extends HasValidationProperties & HasValue<E, ?>, E extends ValueChangeEvent<?>> FieldErrors bind(
            String name, F field) {
        return bind(name, field, UnaryOperator.identity());
    }

    /** @param words what the field says where the service says this, as where it counts in another unit */
    public <F extends HasValidationProperties & HasValue<E, ?>, E extends ValueChangeEvent<?>> FieldErrors bind(
            String name, F field, UnaryOperator<String> words) {
        fields.put(name, new Bound(field, words));
        field.addValueChangeListener(changed -> field.setInvalid(false));
        return this;
    }

    public void clear() {
        fields.values().forEach(bound -> bound.field.setInvalid(false));
        otherwise.accept("");
    }

    public void show(Problem problem) {
        if (problem.code().equals(Problem.CHANGED_MEANWHILE)) {
            otherwise.accept(STALE);
            return;
        }
        String detail = problem.detail();
        int colon = detail.indexOf(':');
        Bound bound = colon < 0 ? null : fields.get(detail.substring(0, colon));
        if (bound == null) {
            otherwise.accept(detail);
            return;
        }
        bound.field.setErrorMessage(
                bound.words.apply(detail.substring(colon + 1).strip()));
        bound.field.setInvalid(true);
    }

    private record Bound(HasValidationProperties field, UnaryOperator<String> words) {}
}
