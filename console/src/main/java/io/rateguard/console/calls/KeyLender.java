package io.rateguard.console.calls;

import io.rateguard.domain.id.WorkspaceId;

/** Lends keys to those who may create them. */
@FunctionalInterface
public interface KeyLender {

    /**
     * A new key in the name of the caller.
     *
     * @param api the slug of the one API that it may be used for
     */
    LentKey lend(WorkspaceId workspace, String api, Purpose purpose);
}
