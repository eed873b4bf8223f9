package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import io.rateguard.domain.id.WorkspaceId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Asked by every service before it does anything; what it refuses is not done. */
@Component
public class Access {

    private final CurrentCaller callers;
    private final Tenancy tenancy;
    private final MembershipRepository memberships;

    Access(CurrentCaller callers, Tenancy tenancy, MembershipRepository memberships) {
        this.callers = callers;
        this.tenancy = tenancy;
        this.memberships = memberships;
    }

    /** Whether the caller may: for screens that show only what can be done. */
    public boolean may(WorkspaceId workspace, Action action) {
        return role(workspace).filter(role -> role.may(action)).isPresent();
    }

    /** Refuses the caller who may not; a workspace they have no part in is not found. */
    public void require(WorkspaceId workspace, Action action) {
        Role role = role(workspace).orElseThrow(() -> Problem.notFound("workspace: not found"));
        if (!role.may(action)) {
            throw Problem.forbidden("role " + role.wireName() + " may not " + action.words());
        }
    }

    /** The role of the caller, if they have a part in it. */
    public Optional<Role> role(WorkspaceId workspace) {
        return switch (callers.get()) {
            case Caller.Token token ->
                token.workspace().equals(workspace) ? Optional.of(token.role()) : Optional.empty();
            case Caller.Person person ->
                tenancy.as(
                        person.user(),
                        () -> memberships
                                .findByUserIdAndWorkspaceId(person.user().value(), workspace.value())
                                .map(membership -> Role.ofWireName(membership.role)));
        };
    }
}
