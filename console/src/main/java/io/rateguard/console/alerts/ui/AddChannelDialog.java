package io.rateguard.console.alerts.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import io.rateguard.console.alerts.Channels;
import io.rateguard.console.alerts.NewChannel;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.rest.KnownFailures;
import io.rateguard.domain.id.WorkspaceId;
import java.util.stream.Stream;

/** A form for a place that alerts are sent to. What the service objects to stands beside the field. */
final class AddChannelDialog extends Dialog {

    private final Channels channels;
    private final WorkspaceId workspace;

    private final Select<String> type = new Select<>();
    private final TextField name = new TextField("Name");
    private final TextField to = new TextField("Addresses");
    private final PasswordField slack = new PasswordField("Address of Slack's incoming webhook");
    private final PasswordField url = new PasswordField("Address of the webhook");
    private final PasswordField secret = new PasswordField("Secret");
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    AddChannelDialog(Channels channels, WorkspaceId workspace, Runnable added) {
        this.channels = channels;
        this.workspace = workspace;

        type.setLabel("Type");
        type.setItems(ChannelWords.TYPES);
        type.setItemLabelGenerator(ChannelWords::type);
        type.setManualValidation(true);
        type.setTestId("channel-type");
        type.addValueChangeListener(changed -> showFields(changed.getValue()));
        name.setManualValidation(true);
        name.setMaxLength(200);
        name.setTestId("channel-name");
        to.setHelperText("Separated by commas");
        to.setManualValidation(true);
        to.setTestId("channel-to");
        sealed(slack, "channel-slack", "Encrypted when saved, and never shown again");
        sealed(url, "channel-url", "Encrypted when saved, and never shown again");
        sealed(secret, "channel-secret", "16 characters or more; what messages are signed with");
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        errors.bind("type", type)
                .bind("name", name)
                .bind("target.to", to)
                .bind("target.webhookUrl", slack)
                .bind("target.url", url)
                .bind("target.secret", secret);

        Button add = new Button("Add channel", click -> add(added));
        add.addThemeVariants(ButtonVariant.PRIMARY);
        add.addClickShortcut(Key.ENTER).listenOn(name, to, slack, url, secret);
        add.setTestId("channel-save");
        Div form = new Div(type, name, to, slack, url, secret, problem);
        form.addClassName("form");
        setHeaderTitle("Add channel");
        addClassName("form-dialog");
        add(form);
        getFooter().add(new Button("Cancel", click -> close()), add);
        type.setValue("email");
    }

    private void showFields(String chosen) {
        to.setVisible(chosen.equals("email"));
        slack.setVisible(chosen.equals("slack"));
        url.setVisible(chosen.equals("webhook"));
        secret.setVisible(chosen.equals("webhook"));
    }

    private void add(Runnable added) {
        errors.clear();
        try {
            Channels.Channel channel =
                    channels.create(workspace, new NewChannel(name.getValue().strip(), type.getValue(), target()));
            close();
            Notice.done("Channel “" + channel.name() + "” is there. Its test says whether it works.");
            added.run();
        } catch (RuntimeException failure) {
            errors.show(KnownFailures.problem(failure).orElseThrow(() -> failure));
        }
    }

    private NewChannel.Target target() {
        return switch (type.getValue()) {
            case "email" ->
                new NewChannel.Target(
                        Stream.of(to.getValue().split(","))
                                .map(String::strip)
                                .filter(text -> !text.isEmpty())
                                .toList(),
                        null,
                        null,
                        null);
            case "slack" -> new NewChannel.Target(null, slack.getValue(), null, null);
            case "webhook" -> new NewChannel.Target(null, null, url.getValue(), secret.getValue());
            default -> new NewChannel.Target(null, null, null, null);
        };
    }

    private static void sealed(PasswordField field, String testId, String help) {
        field.setHelperText(help);
        field.setManualValidation(true);
        field.setTestId(testId);
        field.getElement().setAttribute("autocomplete", "new-password");
    }
}
