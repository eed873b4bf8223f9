package io.rateguard.console.apis;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.RowIds;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.api.AuthType;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.UnknownPaths;
import io.rateguard.domain.id.ApiId;
import io.rateguard.domain.id.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What can be done with APIs. */
@Service
public class Apis {

    private final Access access;
    private final Tenancy tenancy;
    private final ApiRepository rows;
    private final CredentialRepository credentials;
    private final ApiDrafts drafts;

    Apis(Access access, Tenancy tenancy, ApiRepository rows, CredentialRepository credentials, ApiDrafts drafts) {
        this.access = access;
        this.tenancy = tenancy;
        this.rows = rows;
        this.credentials = credentials;
        this.drafts = drafts;
    }

    public Api create(WorkspaceId workspace, NewApi wanted) {
        access.require(workspace, Action.EDIT_APIS);
        ApiDraft draft = drafts.draft(workspace, wanted);
        return tenancy.in(workspace, () -> {
            ApiEntity saved = rows.save(draft.api());
            draft.credentials().forEach(credentials::save);
            return api(saved, draft.credentials());
        });
    }

    public Page<Api> list(WorkspaceId workspace, PageRequest request) {
        access.require(workspace, Action.READ);
        return tenancy.in(workspace, () -> {
            List<ApiEntity> found = rows.page(workspace.value(), request.after(), request.fetch());
            Map<UUID, List<CredentialEntity>> byApi =
                    credentials
                            .ofApis(
                                    workspace.value(),
                                    found.stream().map(api -> api.id).toList())
                            .stream()
                            .collect(Collectors.groupingBy(credential -> credential.apiId));
            return Page.of(found, request, api -> api.id, api -> api(api, byApi.getOrDefault(api.id, List.of())));
        });
    }

    /** @param idOrSlug either names one API of the workspace */
    public Api read(WorkspaceId workspace, String idOrSlug) {
        access.require(workspace, Action.READ);
        return tenancy.in(workspace, () -> {
            ApiEntity found = require(workspace, idOrSlug);
            return api(found, credentials.ofApis(workspace.value(), List.of(found.id)));
        });
    }

    /**
     * Proxies go by it within a second; calls that are under way end as they began.
     *
     * @param seen the version that the change was thought for
     * @param change is given the API as it is, without its secrets, and answers how it is to be
     */
    public Api change(WorkspaceId workspace, String idOrSlug, SeenVersion seen, UnaryOperator<NewApi> change) {
        access.require(workspace, Action.EDIT_APIS);
        return tenancy.in(workspace, () -> {
            ApiEntity found = require(workspace, idOrSlug);
            seen.require(found.version);
            List<CredentialEntity> present = credentials.ofApis(workspace.value(), List.of(found.id));
            List<CredentialEntity> replacing = drafts.change(found, change);
            boolean stay = replacing.isEmpty() && ApiDrafts.isSecret(found);
            if (!stay) {
                delete(present);
            }
            // Those that go are gone before others come: names are theirs alone.
            ApiEntity changed = rows.saveAndFlush(found);
            replacing.forEach(credentials::save);
            return api(changed, stay ? present : replacing);
        });
    }

    /** Takes the API away from its proxy address, and its credentials with it. */
    public void delete(WorkspaceId workspace, String idOrSlug, SeenVersion seen) {
        access.require(workspace, Action.EDIT_APIS);
        tenancy.in(workspace, () -> {
            ApiEntity found = require(workspace, idOrSlug);
            seen.require(found.version);
            found.deletedAt = RowIds.now();
            delete(credentials.ofApis(workspace.value(), List.of(found.id)));
            return true;
        });
    }

    private static void delete(List<CredentialEntity> credentials) {
        Instant now = RowIds.now();
        credentials.forEach(credential -> credential.deletedAt = now);
    }

    /** Refuses slugs that name no API; must run inside a transaction of the workspace. */
    public void requireSlugs(WorkspaceId workspace, String field, List<String> slugs) {
        List<String> known = rows.slugs(workspace.value());
        for (String slug : slugs) {
            if (!known.contains(slug)) {
                throw Problem.invalid(field + ": " + slug + " (expected: "
                        + (known.isEmpty() ? "none, the workspace has no API" : String.join(", ", known)) + ")");
            }
        }
    }

    private ApiEntity require(WorkspaceId workspace, String idOrSlug) {
        return rows.findBySlug(workspace.value(), idOrSlug)
                .or(() -> rows.find(workspace.value(), Fields.pathId("api", idOrSlug)))
                .orElseThrow(() -> Problem.notFound("api: " + idOrSlug + " (expected: one in this workspace)"));
    }

    private static Api api(ApiEntity row, List<CredentialEntity> credentials) {
        return new Api(
                new ApiId(row.id),
                row.slug,
                row.name,
                Profile.ofWireName(row.profile),
                row.baseUrl,
                AuthType.ofWireName(row.authType),
                row.authName,
                credentials.stream()
                        .map(credential -> new Credential(
                                credential.id.toString(), credential.name, credential.weight, credential.createdAt))
                        .toList(),
                row.enabled,
                UnknownPaths.ofWireName(row.unknownPaths),
                row.clientGone,
                new Timeouts(row.connectTimeoutMillis, row.firstByteTimeoutMillis, row.totalTimeoutMillis),
                row.createdAt,
                row.version == null ? 0 : row.version);
    }

    /** An API of a workspace, without its secrets. */
    public record Api(
            ApiId id,
            String slug,
            String name,
            Profile profile,
            String baseUrl,
            AuthType authType,
            @Nullable String authName,
            List<Credential> credentials,
            boolean enabled,
            UnknownPaths unknownPaths,
            String clientGone,
            Timeouts timeouts,
            Instant createdAt,
            int version) {}

    /** What may be shown of a credential. */
    public record Credential(String id, String name, int weight, Instant createdAt) {}

    /** In milliseconds. */
    public record Timeouts(int connect, int firstByte, int total) {}
}
