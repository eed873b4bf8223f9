package io.rateguard.console.account.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.VaadinServletResponse;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.rateguard.console.common.ui.CardPage;
import io.rateguard.console.security.SecondStep;
import jakarta.servlet.http.HttpServletRequest;

/** Asks for the code of who has given the right password. */
@Route(value = SecondStep.PATH, autoLayout = false)
@PageTitle("Sign in · RateGuard")
@AnonymousAllowed
class SecondStepView extends CardPage implements BeforeEnterObserver {

    private final SecondStep step;
    private final TextField code = new TextField("Code");

    SecondStepView(SecondStep step) {
        this.step = step;
        code.setManualValidation(true);
        code.getElement().setProperty("autocomplete", "one-time-code");
        code.setHelperText("From your authenticator app, or a recovery code");
        code.setTestId("second-step-code");
        errors().bind("code", code);
        show(new H1("One more step"), new Paragraph("Your account asks for a code as well."), code);
        code.focus();
        offer("Sign in", "second-step", this::finish);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (step.waiting(request().getSession()).isEmpty()) {
            show(
                    new H1("Sign in first"),
                    new Paragraph("The password comes before the code, and not too long before."),
                    new Anchor("login", "Sign in"));
        }
    }

    private void finish() {
        step.finish(request(), VaadinServletResponse.getCurrent().getHttpServletResponse(), code.getValue());
        UI.getCurrent().getPage().setLocation("./");
    }

    private static HttpServletRequest request() {
        return VaadinServletRequest.getCurrent().getHttpServletRequest();
    }
}
