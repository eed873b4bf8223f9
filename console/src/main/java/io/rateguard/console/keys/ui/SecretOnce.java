package io.rateguard.console.keys.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.apis.FirstRequest;
import io.rateguard.console.common.ui.CodeSnippet;
import io.rateguard.console.keys.Keys;
import java.util.List;

/** Turns a dialog into the one moment in which a secret is seen, with a request that works as it stands. */
record SecretOnce(List<Api> apis, String proxyUrl) {

    /** @param note what else there is to know */
    void show(Dialog dialog, Keys.Created created, String title, String... note) {
        String secret = created.secret().reveal();
        CodeSnippet shown = new CodeSnippet(secret);
        shown.getElement().setAttribute("data-testid", "key-secret");
        Paragraph once = new Paragraph("Copy it now: only its hash is kept, so it is not shown again.");
        once.addClassName("warning-note");
        Div words = new Div(once, shown);
        words.addClassName("form");
        for (String more : note) {
            words.add(new Paragraph(more));
        }
        apis.stream()
                .filter(api -> api.enabled() && mayUse(created.key(), api))
                .findFirst()
                .ifPresent(api -> words.add(
                        new H3("Try it"),
                        new CodeSnippet(FirstRequest.curl(proxyUrl, api.slug(), api.profile(), secret))));
        Button done = new Button("Done", click -> dialog.close());
        done.addThemeVariants(ButtonVariant.PRIMARY);
        done.setTestId("key-done");

        dialog.setHeaderTitle(title);
        dialog.setCloseOnOutsideClick(false);
        dialog.setCloseOnEsc(false);
        dialog.removeAll();
        dialog.add(words);
        dialog.getFooter().removeAll();
        dialog.getFooter().add(done);
    }

    /** Where models or endpoints are named, the request that is shown need not be allowed. */
    private static boolean mayUse(Keys.Key key, Api api) {
        return (key.apis() == null || key.apis().contains(api.slug()))
                && key.models().isEmpty()
                && key.endpoints().isEmpty();
    }
}
