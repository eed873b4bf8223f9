package io.rateguard.console.common.ui;

import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import io.rateguard.domain.money.Money;
import java.util.Optional;

/**
 * Cells of long lists: a template for the browser, and texts for it. A component in each cell would cost several times as much,
 * here and there.
 */
public final class Cells {

    private Cells() {}

    /** Long names, on as many lines as they need. */
    public static <T> LitRenderer<T> wrapped(ValueProvider<T, String> text) {
        return LitRenderer.<T>of("<span class=\"wraps\">${item.text}</span>").withProperty("text", text);
    }

    /** As {@link MoneyText}; where there is no amount, a dash. */
    public static <T> LitRenderer<T> money(ValueProvider<T, Optional<Money>> amount) {
        return LitRenderer.<T>of("<span class=\"money\" title=${item.exactly}>${item.amount}</span>")
                .withProperty(
                        "amount", of -> amount.apply(of).map(Amounts::dollars).orElse("–"))
                .withProperty(
                        "exactly", of -> amount.apply(of).map(Amounts::exactly).orElse(""));
    }

    /** As {@link StatusBadge}. */
    public static <T> LitRenderer<T> badge(ValueProvider<T, String> words, ValueProvider<T, Tone> tone) {
        return LitRenderer.<T>of("<span class=${item.badge}>${item.words}</span>")
                .withProperty("words", words)
                .withProperty("badge", of -> StatusBadge.classNames(tone.apply(of)));
    }
}
