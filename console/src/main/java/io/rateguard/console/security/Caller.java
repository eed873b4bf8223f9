package io.rateguard.console.security;

import io.rateguard.domain.id.UserId;
import io.rateguard.domain.id.WorkspaceId;
import java.util.UUID;

/** Who asks. */
public sealed interface Caller {

    /** A person who is signed in; what they may do depends on the workspace. */
    record Person(UserId user, String email) implements Caller {}

    /** A management token: one workspace, one role. */
    record Token(WorkspaceId workspace, Role role, UUID id, String name) implements Caller {}
}
