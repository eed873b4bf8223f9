package io.rateguard.console.members.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Route;
import io.rateguard.console.common.ui.Confirmation;
import io.rateguard.console.common.ui.DataTable;
import io.rateguard.console.common.ui.Moments;
import io.rateguard.console.common.ui.Notice;
import io.rateguard.console.common.ui.PageHeader;
import io.rateguard.console.common.ui.Screen;
import io.rateguard.console.common.ui.StatusBadge;
import io.rateguard.console.common.ui.StatusBadge.Tone;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.common.ui.WorkspaceScreen;
import io.rateguard.console.members.Invitation;
import io.rateguard.console.members.Invitations;
import io.rateguard.console.members.Member;
import io.rateguard.console.members.Members;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Role;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.List;

/** Who is in a workspace, as what, and who is invited. */
@Route("w/:workspace/members")
@PermitAll
class MembersView extends WorkspaceScreen {

    private final Members members;
    private final Invitations invitations;
    private final Access access;
    private final Clock clock;
    private final Div lists = new Div();

    MembersView(Workspaces workspaces, Members members, Invitations invitations, Access access, Clock clock) {
        super(Screen.MEMBERS, workspaces);
        this.members = members;
        this.invitations = invitations;
        this.access = access;
        this.clock = clock;
        lists.addClassName("sections");
    }

    @Override
    protected void show(Workspace workspace) {
        add(new PageHeader("Members", "Who works in this workspace, and what each may do", actions()), lists);
        refresh();
    }

    private Component[] actions() {
        if (!may(Action.ADMINISTER)) {
            return new Component[0];
        }
        Button invite = new Button(
                "Invite someone",
                VaadinIcon.PLUS.create(),
                click -> new InviteDialog(invitations, workspace().id(), may(Action.CHANGE_OWNERS), this::refresh)
                        .open());
        invite.addThemeVariants(ButtonVariant.PRIMARY);
        invite.setTestId("member-invite");
        return new Component[] {invite};
    }

    private void refresh() {
        Moments moments = new Moments(workspace().zone());
        lists.removeAll();
        lists.add(members(moments));
        if (may(Action.ADMINISTER)) {
            List<Invitation> open =
                    WholeList.of(page -> invitations.list(workspace().id(), page));
            if (!open.isEmpty()) {
                lists.add(new Section(new H2("Invited"), invited(open, moments)));
            }
        }
    }

    private Component members(Moments moments) {
        DataTable<Member> table = new DataTable<Member>("Members")
                .title("Email", member -> new Span(member.email()))
                .text("Name", Member::name)
                .text("Role", member -> member.role().title())
                .text("Since", member -> moments.day(member.createdAt()));
        if (may(Action.ADMINISTER)) {
            table.actions(this::actions);
        }
        return table.show(WholeList.of(page -> members.list(workspace().id(), page)));
    }

    /** Owners are the business of owners. */
    private Component actions(Member member) {
        Div buttons = new Div();
        if (member.role() != Role.OWNER || may(Action.CHANGE_OWNERS)) {
            buttons.add(
                    action("Change role", "member-change", member.email(), () -> openChange(member)),
                    dangerous(action("Remove", "member-remove", member.email(), () -> confirmRemoval(member))));
        }
        return buttons;
    }

    private Component invited(List<Invitation> open, Moments moments) {
        return new DataTable<Invitation>("Invited")
                .title("Email", invitation -> new Span(invitation.email()))
                .text("Role", invitation -> invitation.role().title())
                .text("By", Invitation::invitedBy)
                .text("Good until", invitation -> moments.day(invitation.expiresAt()))
                .column("Letter", this::letter)
                .actions(invitation ->
                        dangerous(action("Revoke", "invitation-revoke", invitation.email(), () -> revoke(invitation))))
                .show(open);
    }

    private Component letter(Invitation invitation) {
        if (invitation.expiresAt().isBefore(clock.instant())) {
            return new StatusBadge("Expired", Tone.BAD);
        }
        StatusBadge badge = switch (invitation.delivery()) {
            case "delivered" -> new StatusBadge("Sent", Tone.GOOD);
            case "failed" -> new StatusBadge("Not sent", Tone.BAD);
            default -> new StatusBadge("On its way", Tone.NEUTRAL);
        };
        if (invitation.trouble() == null) {
            return badge;
        }
        Span trouble = new Span(invitation.trouble());
        trouble.addClassName("quiet");
        return new Div(badge, new Div(trouble));
    }

    private static Button action(String text, String testId, String whom, Runnable action) {
        Button button = new Button(text, click -> action.run());
        button.addThemeVariants(ButtonVariant.TERTIARY);
        button.setAriaLabel(text + ": " + whom);
        button.setTestId(testId);
        return button;
    }

    private static Button dangerous(Button button) {
        button.addThemeVariants(ButtonVariant.ERROR);
        return button;
    }

    private void openChange(Member member) {
        new ChangeRoleDialog(
                        member,
                        may(Action.CHANGE_OWNERS),
                        role -> change(
                                () -> members.changeRole(
                                        workspace().id(), member.id().toString(), role.wireName()),
                                member.email() + " is " + role.wireName() + " from now on."))
                .open();
    }

    private void confirmRemoval(Member member) {
        Confirmation.ask(
                "Remove " + member.email() + "?",
                "They lose sight of this workspace with the next thing they do. Keys and tokens that they made stay as they"
                        + " are.",
                "Remove member",
                () -> change(
                        () -> members.remove(workspace().id(), member.id().toString()),
                        member.email() + " is removed."));
    }

    private void revoke(Invitation invitation) {
        change(
                () -> invitations.revoke(workspace().id(), invitation.id().toString()),
                "The link to " + invitation.email() + " works no more.");
    }

    /** Somebody else may have changed it since the list was made. */
    private void change(Runnable change, String words) {
        Notice.ofChange(change, words);
        refresh();
    }

    private boolean may(Action action) {
        return access.may(workspace().id(), action);
    }
}
