package io.rateguard.console.limits;

import io.rateguard.console.apis.Apis;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.RowIds;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.api.BasePath;
import io.rateguard.domain.api.UnknownPaths;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.Glob;
import io.rateguard.domain.limit.LimitMatch;
import io.rateguard.domain.limit.LimitMode;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.LimitShapes;
import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.limit.OnStoreFailure;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.TokenWeights;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What can be done with limits. */
@Service
public class Limits {

    private final Access access;
    private final Tenancy tenancy;
    private final LimitRepository rows;
    private final Apis apis;
    private final Keys keys;
    private final JsonMapper json;

    Limits(Access access, Tenancy tenancy, LimitRepository rows, Apis apis, Keys keys, JsonMapper json) {
        this.access = access;
        this.tenancy = tenancy;
        this.rows = rows;
        this.apis = apis;
        this.keys = keys;
        this.json = json;
    }

    public Limit create(WorkspaceId workspace, NewLimit wanted) {
        access.require(workspace, Action.EDIT_LIMITS);
        LimitRule rule = described(newId(), wanted);
        LimitEntity row = new LimitEntity();
        row.id = rule.id().value();
        row.workspaceId = workspace.value();
        row.createdAt = RowIds.now();
        return tenancy.in(workspace, () -> {
            describe(row, known(workspace, rule));
            return limit(rows.save(row));
        });
    }

    /**
     * Proxies go by it within a second, and by what has been counted so far: what is counted never changes, nor what apart.
     *
     * @param seen the version that the change was thought for
     * @param change is given the limit as it is, and answers how it is to be
     */
    public Limit change(WorkspaceId workspace, String id, SeenVersion seen, UnaryOperator<NewLimit> change) {
        access.require(workspace, Action.EDIT_LIMITS);
        return tenancy.in(workspace, () -> {
            LimitEntity row = lock(workspace, id);
            seen.require(row.version);
            LimitRule present = limit(row).rule();
            LimitRule changed = described(present.id(), change.apply(NewLimit.of(present)));
            requireSameCounters(present, changed);
            // An API that is gone since stays named, so that nothing is opened by its end.
            describe(row, changed.match().equals(present.match()) ? changed : known(workspace, changed));
            return limit(rows.saveAndFlush(row));
        });
    }

    private static void describe(LimitEntity row, LimitRule rule) {
        row.name = rule.name();
        row.match = LimitShapes.json(rule.match()).toString();
        row.per = LimitShapes.json(rule.per()).toString();
        row.limitShape = LimitShapes.json(rule.limit()).toString();
        row.weightsPermille = LimitShapes.json(rule.weights()).toString();
        row.mode = rule.mode().wireName();
        row.onStoreFailure = rule.onStoreFailure().wireName();
    }

    /** A counter of something else would begin empty, or hold figures of another kind. */
    private static void requireSameCounters(LimitRule present, LimitRule changed) {
        Fields.requireSame("limit.algorithm", algorithm(changed), algorithm(present), Fields.COUNTED_SO_FAR);
        Fields.requireSame("limit.unit", unit(changed), unit(present), Fields.COUNTED_SO_FAR);
        Fields.requireSame(
                "per", LimitShapes.json(changed.per()), LimitShapes.json(present.per()), Fields.COUNTED_SO_FAR);
    }

    private static String algorithm(LimitRule rule) {
        return LimitShapes.json(rule.limit()).path("algorithm").asString();
    }

    private static String unit(LimitRule rule) {
        return rule.limit().unit().wireName();
    }

    /** What would be created; nothing is. */
    LimitRule tried(WorkspaceId workspace, NewLimit wanted) {
        access.require(workspace, Action.READ);
        LimitRule rule = described(newId(), wanted);
        return tenancy.in(workspace, () -> known(workspace, rule));
    }

    private static LimitId newId() {
        return new LimitId(RowIds.next());
    }

    private static LimitRule described(LimitId id, NewLimit wanted) {
        wanted.refuseWhatIsNotSupported();
        LimitMatch match = Problem.valid(() -> LimitShapes.match(orMissing(wanted.match())));
        List<Partition> per = Problem.valid(() -> LimitShapes.per(orMissing(wanted.per())));
        io.rateguard.domain.limit.Limit limit =
                Problem.valid(() -> LimitShapes.limit(Fields.require("limit", wanted.limit())));
        TokenWeights weights = Problem.valid(() -> LimitShapes.weights(orMissing(wanted.weightsPermille())));
        String asked = wanted.mode();
        LimitMode mode = asked == null ? LimitMode.ENFORCE : Problem.valid(() -> LimitMode.ofWireName(asked));
        String failing = wanted.onStoreFailure();
        OnStoreFailure onStoreFailure =
                failing == null ? OnStoreFailure.LOCAL : Problem.valid(() -> OnStoreFailure.ofWireName(failing));
        String name = Fields.requireName("name", wanted.name());
        return Problem.valid(() -> new LimitRule(id, name, match, per, limit, weights, mode, onStoreFailure));
    }

    public Page<Limit> list(WorkspaceId workspace, PageRequest request) {
        access.require(workspace, Action.READ);
        return tenancy.in(
                workspace,
                () -> Page.of(
                        rows.page(workspace.value(), request.after(), request.fetch()),
                        request,
                        row -> row.id,
                        this::limit));
    }

    public Limit read(WorkspaceId workspace, String id) {
        access.require(workspace, Action.READ);
        return tenancy.in(workspace, () -> limit(require(workspace, id)));
    }

    /** What a limit counts, deleted since or not: that never changes. */
    public Optional<LimitUnit> unit(WorkspaceId workspace, LimitId id) {
        access.require(workspace, Action.READ);
        return tenancy.in(
                workspace,
                () -> rows.findEvenDeleted(workspace.value(), id.value())
                        .map(row -> limit(row).rule().limit().unit()));
    }

    public void delete(WorkspaceId workspace, String id, SeenVersion seen) {
        access.require(workspace, Action.EDIT_LIMITS);
        tenancy.in(workspace, () -> {
            LimitEntity row = lock(workspace, id);
            seen.require(row.version);
            row.deletedAt = RowIds.now();
            return true;
        });
    }

    /**
     * As it is kept: by the line of its key. A limit on an API or key that does not exist would silently never apply;
     * projects and tags are only names.
     */
    private LimitRule known(WorkspaceId workspace, LimitRule rule) {
        LimitMatch match = rule.match();
        if (match.api() != null) {
            apis.requireSlugs(workspace, "match.api", List.of(match.api()));
            requireReachable(apis.read(workspace, match.api()), match.path());
        }
        return match.key() == null
                ? rule
                : rule.matching(match.onKey(keys.requireLine(workspace, "match.key", match.key())));
    }

    /** Where unknown paths are blocked, a pattern that matches no known one would silently never apply. */
    private static void requireReachable(Apis.Api api, @Nullable Glob path) {
        if (path == null || api.unknownPaths() != UnknownPaths.BLOCK) {
            return;
        }
        List<String> known =
                BasePath.of(api.profile(), URI.create(api.baseUrl())).known();
        if (known.stream().noneMatch(pattern -> Glob.ofPath(pattern).meets(path))) {
            throw Problem.invalid("match.path: " + path + " (expected: a pattern that matches one of "
                    + String.join(", ", known) + ", the paths that API " + api.slug() + " lets through)");
        }
    }

    /** Whether one limit alone looks at every request of a node; must run inside a transaction of the workspace. */
    public boolean coverAll(WorkspaceId workspace, BudgetScope scope) {
        return rows.all(workspace.value()).stream()
                .map(row -> limit(row).rule())
                .anyMatch(rule -> !rule.isShadow() && coversAll(rule.match(), scope));
    }

    private static boolean coversAll(LimitMatch match, BudgetScope scope) {
        return match.path() == null
                && match.method() == null
                && match.model() == null
                && (match.api() == null || isNode(scope, BudgetScope.Type.API, match.api()))
                && (match.key() == null
                        || isNode(scope, BudgetScope.Type.KEY, match.key().toString()))
                && (match.project() == null || isNode(scope, BudgetScope.Type.PROJECT, match.project()))
                && match.tags().entrySet().stream()
                        .allMatch(tag -> isNode(scope, BudgetScope.Type.TAG, tag.getKey() + ":" + tag.getValue()));
    }

    private static boolean isNode(BudgetScope scope, BudgetScope.Type type, String value) {
        return scope.type() == type && scope.value().equals(value);
    }

    private LimitEntity require(WorkspaceId workspace, String id) {
        return rows.find(workspace.value(), Fields.pathId("limit", id)).orElseThrow(() -> notFound(id));
    }

    private LimitEntity lock(WorkspaceId workspace, String id) {
        return rows.lock(workspace.value(), Fields.pathId("limit", id)).orElseThrow(() -> notFound(id));
    }

    private static Problem notFound(String id) {
        return Problem.notFound("limit: " + id + " (expected: the id of one in this workspace)");
    }

    private Limit limit(LimitEntity row) {
        LimitRule rule = new LimitRule(
                new LimitId(row.id),
                row.name,
                LimitShapes.match(json.readTree(row.match)),
                LimitShapes.per(json.readTree(row.per)),
                LimitShapes.limit(json.readTree(row.limitShape)),
                LimitShapes.weights(json.readTree(row.weightsPermille)),
                LimitMode.ofWireName(row.mode),
                OnStoreFailure.ofWireName(row.onStoreFailure));
        return new Limit(rule, row.createdAt, row.version == null ? 0 : row.version);
    }

    private static JsonNode orMissing(@Nullable JsonNode node) {
        return node == null ? MissingNode.getInstance() : node;
    }

    /** A rule and its row. */
    public record Limit(LimitRule rule, Instant createdAt, int version) {}
}
