package io.rateguard.console.prices.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.prices.UnpricedRequests.Decided;
import io.rateguard.domain.price.CeilingPrice;
import org.jspecify.annotations.Nullable;

/** What becomes of requests whose model has no price, in a sentence. */
final class UnpricedSection extends Div {

    /** @param change opens the form; none for those who may not */
    UnpricedSection(Decided decided, @Nullable Runnable change) {
        setTestId("price-unpriced");
        add(new H2("Models without a price"), new Paragraph(sentence(decided)));
        if (change != null) {
            Button button = new Button("Change", click -> change.run());
            button.addThemeVariants(ButtonVariant.TERTIARY);
            button.setAriaLabel("Change what becomes of models without a price");
            button.setTestId("price-unpriced-change");
            Div actions = new Div(button);
            actions.addClassName("panel-actions");
            add(actions);
        }
    }

    private static String sentence(Decided decided) {
        CeilingPrice ceiling = decided.policy().ceiling();
        String becomes = ceiling == null
                ? UnpricedWords.sentence(decided.policy().choice())
                : "Their requests are charged at a ceiling of %s per million input tokens and %s per million output tokens, and marked."
                        .formatted(
                                Amounts.price(ceiling.input().usdPerMillion()),
                                Amounts.price(ceiling.output().usdPerMillion()));
        Long cap = decided.outputCapTokens();
        return cap == null
                ? becomes
                : becomes
                        + " Where neither a request nor its model has an output limit, budgets hold %s tokens."
                                .formatted(Amounts.count(cap));
    }
}
