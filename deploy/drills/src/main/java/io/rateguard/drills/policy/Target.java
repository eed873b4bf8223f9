package io.rateguard.drills.policy;

import io.rateguard.bed.Database;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.drills.ground.Ground;

/** A workspace with one key. */
record Target(WorkspaceId workspace, Database.Key key) {

    static Target fresh(Ground ground, String slug) {
        WorkspaceId workspace = ground.workspace(slug);
        return new Target(workspace, ground.database().key(workspace, "watched"));
    }
}
