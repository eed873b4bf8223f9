package io.rateguard.domain.limit;

import io.rateguard.domain.id.ApiKeyId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which requests a limit looks at; an absent condition matches all, several must all hold. */
public record LimitMatch(
        @Nullable String api,
        @Nullable Glob path,
        @Nullable String method,
        @Nullable Glob model,
        @Nullable ApiKeyId key,
        @Nullable String project,
        Map<String, String> tags) {

    public static final LimitMatch ALL = new LimitMatch(null, null, null, null, null, null, Map.of());

    public LimitMatch {
        tags = Map.copyOf(tags);
    }

    /** The same conditions, of another key. */
    public LimitMatch onKey(ApiKeyId other) {
        return new LimitMatch(api, path, method, model, other, project, tags);
    }

    public boolean matches(RequestFacts facts) {
        return (api == null || api.equals(facts.api()))
                && (method == null || method.equalsIgnoreCase(facts.method()))
                && (key == null || key.equals(facts.key()))
                && (project == null || project.equals(facts.project()))
                && (path == null || path.matches(facts.path()))
                && (model == null || (facts.model() != null && model.matches(facts.model())))
                && tags.entrySet().stream()
                        .allMatch(tag -> tag.getValue().equals(facts.tags().get(tag.getKey())));
    }
}
