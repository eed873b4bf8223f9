package io.rateguard.console.apis.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.rateguard.console.apis.Apis;
import io.rateguard.console.apis.NewApi;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.domain.api.AuthType;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.id.WorkspaceId;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A form for a new API. What the service objects to stands beside the field, with what it expected. */
final class AddApiDialog extends Dialog {

    private final Apis apis;
    private final WorkspaceId workspace;
    private final String proxyUrl;

    private final Select<Profile> profile = new Select<>();
    private final TextField name = new TextField("Name");
    private final TextField slug = new TextField("Slug");
    private final TextField baseUrl = new TextField("Base URL of the provider");
    private final Select<AuthType> auth = new Select<>();
    private final TextField authName = new TextField("Name of the header or parameter");
    private final PasswordField secret = new PasswordField("Secret");
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    AddApiDialog(Apis apis, WorkspaceId workspace, String proxyUrl, Runnable added) {
        this.apis = apis;
        this.workspace = workspace;
        this.proxyUrl = proxyUrl;

        configureFields();
        configureDefaults();
        errors.bind("profile", profile)
                .bind("name", name)
                .bind("slug", slug)
                .bind("baseUrl", baseUrl)
                .bind("auth.type", auth)
                .bind("auth.name", authName)
                .bind("auth.secret", secret)
                .bind("credentials.secret", secret);

        Button add = new Button("Add API", click -> add(added));
        add.addThemeVariants(ButtonVariant.PRIMARY);
        // Not on the whole dialog: Enter on Cancel cancels, and in a list it chooses.
        add.addClickShortcut(Key.ENTER).listenOn(name, slug, baseUrl, authName, secret);
        add.setTestId("api-save");
        Button cancel = new Button("Cancel", click -> close());

        Div form = new Div(profile, name, slug, baseUrl, auth, authName, secret, problem);
        form.addClassName("form");
        setHeaderTitle("Add API");
        addClassName("form-dialog");
        add(form);
        getFooter().add(cancel, add);
        profile.setValue(Profile.OPENAI);
    }

    private void configureFields() {
        profile.setLabel("Provider");
        profile.setItems(Profile.values());
        profile.setItemLabelGenerator(Profile::title);
        profile.setTestId("api-profile");
        name.setTestId("api-name");
        name.setValueChangeMode(ValueChangeMode.EAGER);
        slug.setTestId("api-slug");
        slug.setValueChangeMode(ValueChangeMode.EAGER);
        baseUrl.setTestId("api-base-url");
        auth.setLabel("How it takes its secret");
        auth.setItems(AuthType.values());
        auth.setItemLabelGenerator(AddApiDialog::words);
        secret.setHelperText("Encrypted when saved, and never shown again");
        secret.setTestId("api-secret");
        secret.getElement().setAttribute("autocomplete", "new-password");
        profile.setManualValidation(true);
        name.setManualValidation(true);
        slug.setManualValidation(true);
        baseUrl.setManualValidation(true);
        auth.setManualValidation(true);
        authName.setManualValidation(true);
        secret.setManualValidation(true);
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
    }

    /** What follows from a choice is filled in, as long as nobody has written something else there. */
    private void configureDefaults() {
        profile.addValueChangeListener(changed -> {
            Profile before = changed.getOldValue();
            Profile now = changed.getValue();
            replace(baseUrl, before == null ? "" : before.usualBaseUrl(), now.usualBaseUrl());
            replace(name, before == null ? "" : suggestedName(before), suggestedName(now));
            auth.setValue(now.defaultAuth());
        });
        name.addValueChangeListener(
                changed -> replace(slug, slugOf(changed.getOldValue()), slugOf(changed.getValue())));
        slug.addValueChangeListener(changed -> slug.setHelperText(proxyUrl + "/proxy/" + changed.getValue()));
        auth.addValueChangeListener(changed -> {
            authName.setVisible(changed.getValue() == AuthType.HEADER || changed.getValue() == AuthType.QUERY);
            authName.setPlaceholder(usualAuthName(changed.getValue()));
            secret.setVisible(changed.getValue() != AuthType.NONE);
        });
    }

    private String usualAuthName(AuthType type) {
        String usual = profile.getValue() == null ? null : profile.getValue().defaultAuthName();
        return type == AuthType.QUERY ? "key" : Objects.requireNonNullElse(usual, "x-api-key");
    }

    private static String suggestedName(Profile profile) {
        return profile == Profile.GENERIC ? "" : profile.title();
    }

    private static void replace(TextField field, String suggested, String now) {
        if (field.getValue().equals(suggested)) {
            field.setValue(now);
        }
    }

    static String slugOf(@Nullable String name) {
        return Objects.requireNonNullElse(name, "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
    }

    private void add(Runnable added) {
        errors.clear();
        try {
            Apis.Api api = apis.create(workspace, wanted());
            close();
            Notice.done("API “" + api.name() + "” is added.");
            added.run();
        } catch (RuntimeException failure) {
            errors.show(KnownFailures.problem(failure).orElseThrow(() -> failure));
        }
    }

    private NewApi wanted() {
        boolean named = auth.getValue() == AuthType.HEADER || auth.getValue() == AuthType.QUERY;
        boolean open = auth.getValue() == AuthType.NONE;
        NewApi.Auth howToAuthenticate = new NewApi.Auth(
                auth.getValue().wireName(),
                named ? textOrNull(authName) : null,
                open ? null : textOrNull(secret.getValue()));
        return new NewApi(
                textOrNull(slug),
                textOrNull(name),
                profile.getValue().wireName(),
                textOrNull(baseUrl),
                howToAuthenticate,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static @Nullable String textOrNull(TextField field) {
        return textOrNull(field.getValue().strip());
    }

    private static @Nullable String textOrNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String words(AuthType type) {
        return switch (type) {
            case BEARER -> "Authorization: Bearer …";
            case HEADER -> "A header of its own";
            case BASIC -> "Basic (user:password)";
            case QUERY -> "A query parameter";
            case NONE -> "None needed";
        };
    }
}
