package io.rateguard.console.members.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.EmailField;
import io.rateguard.console.common.ui.FieldErrors;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.members.Invitation;
import io.rateguard.console.members.Invitations;
import io.rateguard.console.members.NewInvitation;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.security.Role;
import io.rateguard.domain.id.WorkspaceId;

/** Asks whom to invite, as what. */
final class InviteDialog extends Dialog {

    private final Invitations invitations;
    private final WorkspaceId workspace;
    private final EmailField email = new EmailField("Email");
    private final RoleChoice role;
    private final Paragraph problem = new Paragraph();
    private final FieldErrors errors = new FieldErrors(problem::setText);

    InviteDialog(Invitations invitations, WorkspaceId workspace, boolean owners, Runnable invited) {
        this.invitations = invitations;
        this.workspace = workspace;
        this.role = new RoleChoice(owners, Role.DEVELOPER);

        email.setHelperText("The link in the letter works once, for a week");
        email.setManualValidation(true);
        email.setRequiredIndicatorVisible(true);
        email.setTestId("invite-email");
        email.focus();
        problem.addClassName("form-problem");
        problem.getElement().setAttribute("role", "alert");
        errors.bind("email", email).bind("role", role);
        Button invite = new Button("Send invitation", click -> invite(invited));
        invite.addThemeVariants(ButtonVariant.PRIMARY);
        invite.addClickShortcut(Key.ENTER).listenOn(email);
        invite.setTestId("invite-send");

        Div form = new Div(email, role, problem);
        form.addClassName("form");
        setHeaderTitle("Invite someone");
        addClassName("form-dialog");
        add(form);
        getFooter().add(new Button("Cancel", click -> close()), invite);
    }

    private void invite(Runnable invited) {
        errors.clear();
        try {
            Invitation invitation = invitations.invite(
                    workspace,
                    new NewInvitation(email.getValue(), role.getValue().wireName()));
            close();
            Notice.done("A letter to " + invitation.email() + " is on its way.");
            invited.run();
        } catch (Problem refused) {
            errors.show(refused);
        }
    }
}
