package io.rateguard.console.members;

import io.rateguard.console.letters.Letters;
import io.rateguard.console.members.InvitationRows.Opened;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.RowIds;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Caller;
import io.rateguard.console.security.CurrentCaller;
import io.rateguard.console.security.Passwords;
import io.rateguard.console.security.People;
import io.rateguard.console.security.Role;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.Secret;
import io.rateguard.domain.letter.Letter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Invitations into a workspace: a letter carries a link that works once, for a week. It opens for whoever has it, so an
 * account with the address that it was sent to is all that it makes or changes.
 */
@Service
public class Invitations {

    private static final Duration GOOD_FOR = Duration.ofDays(7);
    private static final int MOST_OPEN = 100;

    private final SecureRandom random = new SecureRandom();
    private final Access access;
    private final Tenancy tenancy;
    private final CurrentCaller callers;
    private final InvitationRows rows;
    private final MemberRows members;
    private final People people;
    private final Passwords passwords;
    private final Letters letters;

    Invitations(
            Access access,
            Tenancy tenancy,
            CurrentCaller callers,
            InvitationRows rows,
            MemberRows members,
            People people,
            Passwords passwords,
            Letters letters) {
        this.access = access;
        this.tenancy = tenancy;
        this.callers = callers;
        this.rows = rows;
        this.members = members;
        this.people = people;
        this.passwords = passwords;
        this.letters = letters;
    }

    /** Another one to the same address takes the place of the first, whose link works no more. */
    public Invitation invite(WorkspaceId workspace, NewInvitation wanted) {
        access.require(workspace, Action.ADMINISTER);
        String email = Fields.requireEmail("email", wanted.email());
        Role role = Problem.valid(() -> Role.parse(Fields.require("role", wanted.role())));
        if (role == Role.OWNER) {
            access.require(workspace, Action.CHANGE_OWNERS);
        }
        Secret secret = Secret.create(Secret.Kind.LINK, random);
        Instant now = RowIds.now();
        Invitation invitation =
                new Invitation(RowIds.next(), email, role, callers.name(), now, now.plus(GOOD_FOR), "pending", null);
        return tenancy.in(workspace, () -> {
            if (members.has(workspace, email)) {
                throw Problem.conflict("already_member", "email: " + email + " is a member of this workspace");
            }
            rows.findTo(workspace, email).ifPresent(earlier -> revoke(workspace, earlier));
            if (rows.open(workspace) >= MOST_OPEN) {
                throw Problem.conflict(
                        "too_many_invitations",
                        "invitations: " + MOST_OPEN + " are open (expected: some accepted or revoked first)");
            }
            rows.insert(workspace, invitation, secret.hash());
            letters.send(
                    invitation.id(),
                    workspace,
                    email,
                    new Letter.Invitation(
                            rows.workspaceName(workspace).orElseThrow(),
                            invitation.invitedBy(),
                            role.wireName(),
                            secret,
                            invitation.expiresAt()));
            return invitation;
        });
    }

    /** Those that are open, also when their time is up. */
    public Page<Invitation> list(WorkspaceId workspace, PageRequest request) {
        access.require(workspace, Action.ADMINISTER);
        return tenancy.in(workspace, () -> Page.of(rows.page(workspace, request), request, Invitation::id, it -> it));
    }

    /** Its link works no more. */
    public void revoke(WorkspaceId workspace, String id) {
        access.require(workspace, Action.ADMINISTER);
        tenancy.in(workspace, () -> {
            Invitation invitation = rows.find(workspace, Fields.pathId("invitation", id))
                    .orElseThrow(() -> Problem.notFound(
                            "invitation: " + id + " (expected: the id of an open one in this workspace)"));
            revoke(workspace, invitation);
            return true;
        });
    }

    /** What a link offers, while it does; to look takes nothing. */
    public Optional<Offer> open(String link) {
        return opened(link)
                .flatMap(it -> tenancy.in(it.workspace(), () -> rows.workspaceName(it.workspace()))
                        .map(name -> new Offer(
                                name,
                                it.email(),
                                it.role(),
                                it.invitedBy(),
                                people.find(it.email()).isPresent())));
    }

    /** Makes a member of whom it was sent to, with an account of this name and password where they have none. */
    public void accept(String link, String name, String password) {
        Opened opened = opened(link).orElseThrow(Invitations::gone);
        Optional<People.NewAccount> account = people.find(opened.email()).isPresent()
                ? Optional.empty()
                : Optional.of(
                        new People.NewAccount(Fields.requireName("name", name), passwords.hash("password", password)));
        tenancy.in(opened.workspace(), () -> people.as(opened.email(), account, person -> accept(opened, person)));
    }

    private void revoke(WorkspaceId workspace, Invitation invitation) {
        if (invitation.role() == Role.OWNER) {
            access.require(workspace, Action.CHANGE_OWNERS);
        }
        rows.revoke(invitation.id());
    }

    private boolean accept(Opened opened, Caller.Person person) {
        if (rows.workspaceName(opened.workspace()).isEmpty() || !rows.accept(opened.id())) {
            throw gone();
        }
        members.add(opened.workspace(), person.user(), opened.role());
        return true;
    }

    private Optional<Opened> opened(String link) {
        return Secret.parse(Secret.Kind.LINK, link)
                .flatMap(secret -> tenancy.withToken(secret.hash(), () -> rows.opened(secret.hash())));
    }

    private static Problem gone() {
        return Problem.notFound(
                "invitation: this link works no more (expected: one that was not used, revoked or replaced, and is a week old at most)");
    }

    /** @param hasAccount whether the address has one already */
    public record Offer(String workspace, String email, Role role, String invitedBy, boolean hasAccount) {}
}
