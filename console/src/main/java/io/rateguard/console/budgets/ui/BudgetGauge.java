package io.rateguard.console.budgets.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.rateguard.console.budgets.Budgets.Level;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.domain.money.Money;

/** How full a budget is: what is spent, what is held for requests under way, and what remains. */
final class BudgetGauge extends Div {

    BudgetGauge(Money amount, Level level) {
        addClassName("gauge");
        Div spent = part("gauge-spent", level.spent(), amount);
        Div held = part("gauge-held", level.held(), amount);
        Div bar = new Div(spent, held);
        bar.addClassName("gauge-bar");
        bar.getElement().setAttribute("role", "img");
        bar.getElement()
                .setAttribute(
                        "aria-label", Amounts.share(level.spent().nanos(), amount.nanos()) + " of the budget is spent");
        if (level.remaining().nanos() <= 0) {
            bar.addClassName("exhausted");
        }
        Div words =
                new Div(word("Spent", level.spent()), word("Held", level.held()), word("Remaining", level.remaining()));
        words.addClassName("gauge-words");
        add(bar, words);
    }

    private static Div part(String className, Money part, Money whole) {
        Div bar = new Div();
        bar.addClassName(className);
        double percent = whole.nanos() == 0 ? 100 : 100.0 * part.nanos() / whole.nanos();
        bar.getStyle().set("--share", Math.clamp(percent, 0, 100) + "%");
        return bar;
    }

    private static Span word(String name, Money money) {
        Span title = new Span(name);
        title.addClassName("quiet");
        Span amount = new Span(Amounts.dollars(money));
        amount.addClassName("money");
        amount.setTitle(Amounts.exactly(money));
        return new Span(title, amount);
    }
}
