package io.rateguard.console.common.ui;

import com.vaadin.flow.component.html.Span;
import io.rateguard.domain.money.Money;

/** An amount as people read it; pointing at it shows every digit. */
public final class MoneyText extends Span {

    public MoneyText(Money money) {
        addClassNames("money");
        show(money);
    }

    public void show(Money money) {
        String text = Amounts.dollars(money);
        if (!text.equals(getText())) {
            setText(text);
        }
        setTitle(Amounts.exactly(money));
    }
}
