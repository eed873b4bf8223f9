package io.rateguard.console.members;

import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/workspaces/{workspace}/members}. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/members")
class MemberController {

    private final Workspaces workspaces;
    private final Members members;

    MemberController(Workspaces workspaces, Members members) {
        this.workspaces = workspaces;
        this.members = members;
    }

    @GetMapping
    Page<MemberJson> list(
            @PathVariable String workspace,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return members.list(id(workspace), PageRequest.of(cursor, limit)).map(MemberJson::of);
    }

    @GetMapping("/{member}")
    MemberJson read(@PathVariable String workspace, @PathVariable String member) {
        return MemberJson.of(members.read(id(workspace), member));
    }

    @PatchMapping("/{member}")
    MemberJson change(@PathVariable String workspace, @PathVariable String member, @RequestBody Change wanted) {
        return MemberJson.of(members.changeRole(id(workspace), member, wanted.role()));
    }

    @DeleteMapping("/{member}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String workspace, @PathVariable String member) {
        members.remove(id(workspace), member);
    }

    private WorkspaceId id(String workspace) {
        return workspaces.require(workspace).id();
    }

    /** What can be changed of a member. */
    record Change(@Nullable String role) {}

    record MemberJson(String id, String userId, String email, String name, String role, Instant createdAt) {
        static MemberJson of(Member member) {
            return new MemberJson(
                    member.id().toString(),
                    member.userId().toString(),
                    member.email(),
                    member.name(),
                    member.role().wireName(),
                    member.createdAt());
        }
    }
}
