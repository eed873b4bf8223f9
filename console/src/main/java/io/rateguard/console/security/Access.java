package io.rateguard.console.security;

import io.rateguard.console.problem.Problem;
import io.rateguard.domain.id.WorkspaceId;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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

    /** Whether the caller of now may, asked as often as wanted and on whatever thread. */
    public BooleanSupplier whether(WorkspaceId workspace, Action action) {
        Caller caller = callers.get();
        return () -> role(caller, workspace).filter(role -> role.may(action)).isPresent();
    }

    /** The role of the caller, if they have a part in it. */
    public Optional<Role> role(WorkspaceId workspace) {
        return role(callers.get(), workspace);
    }

    private Optional<Role> role(Caller caller, WorkspaceId workspace) {
        return switch (caller) {
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
