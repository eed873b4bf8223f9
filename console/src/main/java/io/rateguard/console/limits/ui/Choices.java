package io.rateguard.console.limits.ui;

import io.rateguard.console.apis.Apis;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.keys.Keys;
import io.rateguard.domain.id.WorkspaceId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What of a workspace a limit can be narrowed to.
 *
 * @param apis their names, by slug
 * @param keys the names of the first of each line, by id
 */
record Choices(Map<String, String> apis, Map<String, String> keys) {

    static Choices of(WorkspaceId workspace, Apis apis, Keys keys) {
        Map<String, String> bySlug = new LinkedHashMap<>();
        WholeList.of(page -> apis.list(workspace, page)).forEach(api -> bySlug.put(api.slug(), api.name()));
        Map<String, String> byId = new LinkedHashMap<>();
        WholeList.of(page -> keys.list(workspace, page)).stream()
                .filter(key -> key.id().equals(key.line()) && key.lentFor() == null)
                .forEach(key -> byId.put(key.id().toString(), key.name()));
        return new Choices(bySlug, byId);
    }

    /** Its slug, of one that is gone. */
    String nameOfApi(String slug) {
        return apis.getOrDefault(slug, slug);
    }

    String nameOfKey(String id) {
        return keys.getOrDefault(id, id);
    }
}
