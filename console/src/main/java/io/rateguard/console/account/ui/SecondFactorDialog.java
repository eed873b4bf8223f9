package io.rateguard.console.account.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.rateguard.console.common.ui.CodeSnippet;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.security.SecondFactors;
import io.rateguard.domain.secret.Totp;
import java.util.List;

/** Shows the secret to an authenticator app, has it prove that it knows it, and shows the recovery codes once. */
final class SecondFactorDialog extends Dialog {

    private final SecondFactors factors;
    private final byte[] secret;
    private final TextField code = new TextField("Code");
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    SecondFactorDialog(SecondFactors factors, String account, Runnable turnedOn) {
        this.factors = factors;
        this.secret = factors.newSecret();

        code.setManualValidation(true);
        code.setHelperText("The six digits that the app shows then");
        code.getElement().setProperty("autocomplete", "one-time-code");
        code.setTestId("second-factor-code");
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        errors.bind("code", code);
        Button turnOn = new Button("Turn on", click -> turnOn(turnedOn));
        turnOn.addThemeVariants(ButtonVariant.PRIMARY);
        turnOn.addClickShortcut(Key.ENTER).listenOn(code);
        turnOn.setTestId("second-factor-on");

        CodeSnippet typed = new CodeSnippet(Totp.base32(secret));
        typed.getElement().setAttribute("data-testid", "second-factor-secret");
        Div form = new Div(
                new Paragraph("Scan this with an authenticator app, or type the letters below it."),
                new QrPicture(Totp.uri(account, secret).toString(), "QR code of the secret below"),
                typed,
                code,
                problem);
        form.addClassName("form");
        setHeaderTitle("Second factor");
        addClassName("form-dialog");
        add(form);
        getFooter().add(new Button("Cancel", click -> close()), turnOn);
    }

    private void turnOn(Runnable turnedOn) {
        errors.clear();
        try {
            List<String> recovery = factors.turnOn(secret, code.getValue());
            turnedOn.run();
            show(recovery);
        } catch (Problem refused) {
            errors.show(refused);
        }
    }

    private void show(List<String> recovery) {
        Paragraph once = new Paragraph(
                "Keep these codes where you find them without your phone: each signs you in once in place of the app. They"
                        + " are not shown again.");
        once.addClassName("warning-note");
        CodeSnippet codes = new CodeSnippet(String.join("\n", recovery));
        codes.getElement().setAttribute("data-testid", "recovery-codes");
        Div words = new Div(once, codes);
        words.addClassName("form");
        Button done = new Button("Done", click -> close());
        done.addThemeVariants(ButtonVariant.PRIMARY);
        done.setTestId("second-factor-done");
        setHeaderTitle("Second factor is on");
        setCloseOnOutsideClick(false);
        setCloseOnEsc(false);
        removeAll();
        add(words);
        getFooter().removeAll();
        getFooter().add(done);
    }
}
