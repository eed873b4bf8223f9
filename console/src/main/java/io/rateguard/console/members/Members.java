package io.rateguard.console.members;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Role;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.id.WorkspaceId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What can be done with the members of a workspace. Only owners make owners, and unmake them. */
@Service
public class Members {

    private final Access access;
    private final Tenancy tenancy;
    private final MemberRows rows;

    Members(Access access, Tenancy tenancy, MemberRows rows) {
        this.access = access;
        this.tenancy = tenancy;
        this.rows = rows;
    }

    public Page<Member> list(WorkspaceId workspace, PageRequest request) {
        access.require(workspace, Action.READ);
        return tenancy.in(
                workspace, () -> Page.of(rows.page(workspace, request), request, Member::id, member -> member));
    }

    public Member read(WorkspaceId workspace, String id) {
        access.require(workspace, Action.READ);
        return tenancy.in(workspace, () -> require(workspace, id));
    }

    public Member changeRole(WorkspaceId workspace, String id, @Nullable String wanted) {
        access.require(workspace, Action.ADMINISTER);
        Role role = Problem.valid(() -> Role.parse(Fields.require("role", wanted)));
        if (role == Role.OWNER) {
            access.require(workspace, Action.CHANGE_OWNERS);
        }
        return tenancy.in(workspace, () -> {
            Member member = require(workspace, id);
            if (member.role() != role) {
                requireReplaceable(workspace, member);
                rows.setRole(member.id(), role);
            }
            return require(workspace, id);
        });
    }

    /** Takes effect with the next thing that they do. */
    public void remove(WorkspaceId workspace, String id) {
        access.require(workspace, Action.ADMINISTER);
        tenancy.in(workspace, () -> {
            Member member = require(workspace, id);
            requireReplaceable(workspace, member);
            rows.delete(member.id());
            return true;
        });
    }

    /** Two owners who part with each other at the same time leave one of them. */
    private void requireReplaceable(WorkspaceId workspace, Member member) {
        List<UUID> owners = rows.lockOwners(workspace);
        if (!owners.contains(member.id())) {
            return;
        }
        access.require(workspace, Action.CHANGE_OWNERS);
        if (owners.size() == 1) {
            throw Problem.conflict(
                    "last_owner",
                    "member: " + member.email() + " is the last owner (expected: another owner beside them)");
        }
    }

    private Member require(WorkspaceId workspace, String id) {
        return rows.find(workspace, Fields.pathId("member", id))
                .orElseThrow(() -> Problem.notFound("member: " + id + " (expected: the id of one in this workspace)"));
    }
}
