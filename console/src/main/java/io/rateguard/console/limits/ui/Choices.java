package io.rateguard.console.limits.ui;

import io.rateguard.console.apis.Apis;
import io.rateguard.console.apis.Apis.Api;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.keys.Keys.Key;
import io.rateguard.domain.id.WorkspaceId;
import java.util.List;

/**
 * What of a workspace a limit can be narrowed to.
 *
 * @param keys the first of each line
 */
record Choices(List<Api> apis, List<Key> keys) {

    static Choices of(WorkspaceId workspace, Apis apis, Keys keys) {
        return new Choices(
                WholeList.of(page -> apis.list(workspace, page)),
                WholeList.of(page -> keys.list(workspace, page)).stream()
                        .filter(key -> key.id().equals(key.line()) && key.lentFor() == null)
                        .toList());
    }
}
