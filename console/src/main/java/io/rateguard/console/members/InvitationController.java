package io.rateguard.console.members;

import io.rateguard.console.rest.Answers;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/workspaces/{workspace}/invitations}: the link is in the letter alone. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/invitations")
class InvitationController {

    private final Workspaces workspaces;
    private final Invitations invitations;

    InvitationController(Workspaces workspaces, Invitations invitations) {
        this.workspaces = workspaces;
        this.invitations = invitations;
    }

    @PostMapping
    ResponseEntity<InvitationJson> invite(@PathVariable String workspace, @RequestBody NewInvitation wanted) {
        return Answers.created(InvitationJson.of(invitations.invite(id(workspace), wanted)));
    }

    @GetMapping
    Page<InvitationJson> list(
            @PathVariable String workspace,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        return invitations.list(id(workspace), PageRequest.of(cursor, limit)).map(InvitationJson::of);
    }

    @DeleteMapping("/{invitation}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String workspace, @PathVariable String invitation) {
        invitations.revoke(id(workspace), invitation);
    }

    private WorkspaceId id(String workspace) {
        return workspaces.require(workspace).id();
    }

    record InvitationJson(
            String id,
            String email,
            String role,
            String invitedBy,
            Instant createdAt,
            Instant expiresAt,
            String delivery,
            @Nullable String trouble) {

        static InvitationJson of(Invitation invitation) {
            return new InvitationJson(
                    invitation.id().toString(),
                    invitation.email(),
                    invitation.role().wireName(),
                    invitation.invitedBy(),
                    invitation.createdAt(),
                    invitation.expiresAt(),
                    invitation.delivery(),
                    invitation.trouble());
        }
    }
}
