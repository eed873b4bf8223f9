package io.rateguard.console.common.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.dom.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a list is narrowed to: one of several values, or none. It is the browser's own select, of which a screen can have several above
 * its list; each of Vaadin's is made of thirty elements.
 */
@Tag("select")
public final class FilterChoice<T> extends Component implements HasStyle {

    private static final String CHOSEN = "element.value";

    private final Function<T, String> words;
    private final List<T> offered = new ArrayList<>();
    private @Nullable String none;
    private @Nullable T chosen;

    /** @param words what people call a value, each by words of its own */
    public FilterChoice(String label, String testId, Function<T, String> words) {
        this.words = words;
        addClassName("filter-choice");
        getElement().setAttribute("aria-label", label);
        setTestId(testId);
        addAttachListener(attached -> mark());
    }

    /** Nothing can be chosen as well. */
    public FilterChoice<T> orNone(String caption) {
        none = caption;
        getElement().insertChild(0, option(caption));
        return this;
    }

    /** @param follower is told when a person chooses, not of what is chosen by {@link #choose} */
    public FilterChoice<T> onChosen(Runnable follower) {
        getElement()
                .addEventListener("change", changed -> {
                    String said = changed.getEventData().path(CHOSEN).asString("");
                    if (said.equals(none)) {
                        chosen = null;
                    } else {
                        // What is not offered any more cannot be told from what never was.
                        chosen = offered.stream()
                                .filter(value -> words.apply(value).equals(said))
                                .findFirst()
                                .orElse(chosen);
                    }
                    follower.run();
                })
                .addEventData(CHOSEN);
        return this;
    }

    /** In place of what was offered; what is chosen stays so. */
    public void offer(List<T> values) {
        while (!offered.isEmpty()) {
            offered.removeLast();
            getElement().removeChild(getElement().getChildCount() - 1);
        }
        values.forEach(this::append);
        choose(chosen);
    }

    /** @param value is offered from now on, if it was not */
    public void choose(@Nullable T value) {
        if (value != null && !offered.contains(value)) {
            append(value);
        }
        chosen = value;
        mark();
    }

    public @Nullable T value() {
        return chosen;
    }

    private void append(T value) {
        offered.add(value);
        getElement().appendChild(option(words.apply(value)));
    }

    private static Element option(String text) {
        return new Element("option").setText(text).setAttribute("value", text);
    }

    /** Not as a property, which would be said back to a browser that has gone on to another one meanwhile. */
    private void mark() {
        if (isAttached()) {
            getElement()
                    .executeJs(
                            "this.value = $0",
                            chosen == null ? Objects.requireNonNullElse(none, "") : words.apply(chosen));
        }
    }
}
