package io.rateguard.domain.id;

import java.util.UUID;

/** A workspace: the tenant that owns everything below it. */
public record WorkspaceId(UUID value) {

    public static WorkspaceId of(String text) {
        return new WorkspaceId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
