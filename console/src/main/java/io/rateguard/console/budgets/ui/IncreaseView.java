package io.rateguard.console.budgets.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Route;
import io.rateguard.console.budgets.IncreaseOffers;
import io.rateguard.console.budgets.IncreaseOffers.Objection;
import io.rateguard.console.budgets.IncreaseOffers.Offered;
import io.rateguard.console.common.ui.Amounts;
import io.rateguard.console.common.ui.EmptyState;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.annotation.security.PermitAll;
import java.util.Map;

/** Where the link of a budget's alert leads: asks whether to allow what it offers. */
@Route("w/:workspace/increase")
@PermitAll
class IncreaseView extends WorkspaceScreen {

    private final IncreaseOffers offers;
    private final Access access;
    private final Div content = new Div();

    IncreaseView(Workspaces workspaces, IncreaseOffers offers, Access access) {
        super(Screen.BUDGETS, workspaces);
        this.offers = offers;
        this.access = access;
    }

    @Override
    protected void show(Workspace workspace) {
        add(new PageHeader("More budget", "What an alert offers, to whoever may change budgets"), content);
    }

    @Override
    protected void follow(Map<String, String> query) {
        content.removeAll();
        String token = query.getOrDefault("offer", "");
        try {
            content.add(question(offers.read(workspace().id(), token), token));
        } catch (Problem refused) {
            content.add(new EmptyState("This link offers nothing", refused.detail()));
        }
    }

    private Component question(Offered offered, String token) {
        Moments moments = new Moments(offered.budget().zone());
        String amount = Amounts.dollars(offered.offer().amount());
        Div card = new Div(
                new H2("Allow " + amount + " more for “" + offered.budget().name() + "”?"),
                new Paragraph(
                        "The budget of " + Amounts.dollars(offered.budget().amount()) + " "
                                + BudgetSentence.every(offered.budget()) + " has " + amount + " more until "
                                + moments.minute(offered.offer().until()) + ". Proxies know within a second."));
        card.addClassName("panel");
        card.add(offered.objection()
                .<Component>map(objection -> new Paragraph(words(objection, moments)))
                .orElseGet(() -> answer(amount, token)));
        return card;
    }

    private static String words(Objection objection, Moments moments) {
        return switch (objection) {
            case Objection.Taken it ->
                "This was allowed already, on " + moments.minute(it.at()) + ". An alert's offer is taken once.";
            case Objection.Expired it ->
                "This could be allowed until " + moments.minute(it.at()) + ". Budgets can still be raised by hand.";
        };
    }

    private Component answer(String amount, String token) {
        return access.may(workspace().id(), Action.EDIT_BUDGETS)
                ? allow(amount, token)
                : new Paragraph("Your role may not change budgets: an owner, an admin or a developer has to allow it.");
    }

    private Button allow(String amount, String token) {
        Button allow = new Button("Allow " + amount + " more", click -> take(amount, token));
        allow.addThemeVariants(ButtonVariant.PRIMARY);
        allow.setTestId("increase-allow");
        return allow;
    }

    /** Somebody else may have been first. */
    private void take(String amount, String token) {
        try {
            String budget = offers.take(workspace().id(), token).budget().name();
            Notice.done("“" + budget + "” has " + amount + " more.");
            UI.getCurrent().navigate(Screen.BUDGETS.path(workspace().slug()));
        } catch (RuntimeException failure) {
            Notice.refused(
                    KnownFailures.problem(failure).orElseThrow(() -> failure).detail());
        }
    }
}
