package io.rateguard.console.common.ui;

import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import io.rateguard.domain.money.Money;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cell of a {@link LongList}: texts that the browser puts into a template. A component in each cell would cost several times as
 * much, here and there.
 *
 * @param text what it says
 * @param hint what it says when it is pointed at
 * @param look its style classes, by the row
 * @param looks its style classes in every row
 */
public record Cell<T>(
        ValueProvider<T, String> text,
        @Nullable ValueProvider<T, String> hint,
        @Nullable ValueProvider<T, String> look,
        String looks) {

    /** On one line, as far as there is room. */
    public static <T> Cell<T> text(ValueProvider<T, String> text) {
        return new Cell<>(text, null, null, "");
    }

    /** On as many lines as it needs. */
    public static <T> Cell<T> wrapped(ValueProvider<T, String> text) {
        return text(text).looking("wraps");
    }

    /** As {@link MoneyText}; where there is no amount, a dash. */
    public static <T> Cell<T> money(ValueProvider<T, Optional<Money>> amount) {
        return Cell.<T>text(of -> amount.apply(of).map(Amounts::dollars).orElse("–"))
                .hinted(of -> amount.apply(of).map(Amounts::exactly).orElse(""))
                .looking("money");
    }

    /** As {@link StatusBadge}. */
    public static <T> Cell<T> badge(ValueProvider<T, String> words, ValueProvider<T, Tone> tone) {
        return text(words).lookingAs(of -> StatusBadge.classNames(tone.apply(of)));
    }

    public Cell<T> hinted(ValueProvider<T, String> words) {
        return new Cell<>(text, words, look, looks);
    }

    public Cell<T> looking(String classNames) {
        return new Cell<>(text, hint, look, (looks + " " + classNames).strip());
    }

    public Cell<T> lookingAs(ValueProvider<T, String> classNames) {
        return new Cell<>(text, hint, classNames, looks);
    }

    /** @param name of its properties, among those of the row */
    String template(String name) {
        String classes = (looks + (look == null ? "" : " ${item.%sLook}".formatted(name))).strip();
        return "<span%s%s>${item.%s}</span>"
                .formatted(
                        classes.isEmpty() ? "" : " class=\"" + classes + "\"",
                        hint == null ? "" : " title=${item.%sHint}".formatted(name),
                        name);
    }

    void provide(LitRenderer<T> renderer, String name) {
        renderer.withProperty(name, text);
        if (look != null) {
            renderer.withProperty(name + "Look", look);
        }
        if (hint != null) {
            renderer.withProperty(name + "Hint", hint);
        }
    }
}
