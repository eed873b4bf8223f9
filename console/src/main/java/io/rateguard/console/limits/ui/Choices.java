package io.rateguard.console.limits.ui;

import io.rateguard.console.apis.Apis;
import io.rateguard.console.common.ui.WholeList;
import io.rateguard.console.keys.Keys;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.LimitRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a workspace a limit can be narrowed to.
 *
 * @param apis their names, by slug
 * @param keys the names of those that have not ended, by the first of their line
 */
record Choices(Map<String, String> apis, Map<String, String> keys) {

    /** @param present of a limit to change: what it is for stays there, though it may have ended */
    static Choices of(WorkspaceId workspace, @Nullable LimitRule present, Apis apis, Keys keys) {
        Map<String, String> bySlug = new LinkedHashMap<>();
        WholeList.of(page -> apis.list(workspace, page)).forEach(api -> bySlug.put(api.slug(), api.name()));
        Map<String, String> byId = new LinkedHashMap<>();
        ApiKeyId kept = present == null ? null : present.match().key();
        if (kept != null) {
            keys.named(workspace, List.of(kept)).forEach((id, key) -> byId.put(id.toString(), key.name()));
        }
        keys.present(workspace).forEach((line, key) -> byId.put(line.toString(), key.name()));
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
