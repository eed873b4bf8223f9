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
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.apis.NewApi;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.domain.api.AuthType;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.id.WorkspaceId;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A form for an API, new or known. What the service objects to stands beside the field, with what it expected. */
final class ApiDialog extends Dialog {

    private final Apis apis;
    private final WorkspaceId workspace;
    private final String proxyUrl;
    private final @Nullable Api present;

    private final Select<Profile> profile = new Select<>();
    private final TextField name = new TextField("Name");
    private final TextField slug = new TextField("Slug");
    private final TextField baseUrl = new TextField("Base URL of the provider");
    private final Select<AuthType> auth = new Select<>();
    private final TextField authName = new TextField("Name of the header or parameter");
    private final PasswordField secret = new PasswordField("Secret");
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    /**
     * @param present the API to change; none for a new one
     * @param test asked for what is saved, by those who want to see whether it works
     */
    ApiDialog(
            Apis apis,
            WorkspaceId workspace,
            String proxyUrl,
            @Nullable Api present,
            Runnable saved,
            Consumer<Api> test) {
        this.apis = apis;
        this.workspace = workspace;
        this.proxyUrl = proxyUrl;
        this.present = present;

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

        Button save = new Button(present == null ? "Add API" : "Save", click -> save(api -> saved.run()));
        save.addThemeVariants(ButtonVariant.PRIMARY);
        // Not on the whole dialog: Enter on Cancel cancels, and in a list it chooses.
        save.addClickShortcut(Key.ENTER).listenOn(name, slug, baseUrl, authName, secret);
        save.setTestId("api-save");
        Button saveAndTest = new Button(
                present == null ? "Add and test" : "Save and test",
                click -> save(api -> {
                    saved.run();
                    test.accept(api);
                }));
        saveAndTest.setTestId("api-save-and-test");
        Button cancel = new Button("Cancel", click -> close());

        Div form = new Div(profile, name, slug, baseUrl, auth, authName, secret, problem);
        form.addClassName("form");
        setHeaderTitle(present == null ? "Add API" : "Change “" + present.name() + "”");
        addClassName("form-dialog");
        add(form);
        getFooter().add(cancel, saveAndTest, save);
        if (present == null) {
            profile.setValue(Profile.OPENAI);
        } else {
            fill(present);
        }
    }

    private void fill(Api known) {
        profile.setValue(known.profile());
        profile.setVisible(false);
        name.setValue(known.name());
        slug.setVisible(false);
        baseUrl.setValue(known.baseUrl());
        auth.setValue(known.authType());
        authName.setValue(Objects.requireNonNullElse(known.authName(), ""));
        if (known.authType() != AuthType.NONE) {
            secret.setPlaceholder("Unchanged");
            secret.setHelperText("A new one takes the place of "
                    + (known.credentials().size() == 1 ? "the present one" : "all present ones")
                    + "; another host needs its secret given again");
        }
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
        auth.setItemLabelGenerator(ApiDialog::words);
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
            authName.setVisible(changed.getValue().isNamed());
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

    private void save(Consumer<Api> next) {
        errors.clear();
        try {
            Api known = present;
            Api saved = known == null
                    ? apis.create(workspace, wanted())
                    : apis.change(
                            workspace,
                            known.id().toString(),
                            SeenVersion.of(known.version()),
                            before -> before.described(
                                    name.getValue().strip(), baseUrl.getValue().strip(), authentication()));
            Notice.done("API “" + saved.name() + "” is " + (known == null ? "added." : "changed."));
            close();
            next.accept(saved);
        } catch (RuntimeException failure) {
            errors.show(KnownFailures.problem(failure).orElseThrow(() -> failure));
        }
    }

    private NewApi wanted() {
        return new NewApi(
                textOrNull(slug),
                textOrNull(name),
                profile.getValue().wireName(),
                textOrNull(baseUrl),
                authentication(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private NewApi.Auth authentication() {
        AuthType type = auth.getValue();
        return new NewApi.Auth(
                type.wireName(),
                type.isNamed() ? textOrNull(authName) : null,
                type == AuthType.NONE ? null : textOrNull(secret.getValue()));
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
