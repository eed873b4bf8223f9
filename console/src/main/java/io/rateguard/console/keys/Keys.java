package io.rateguard.console.keys;

import io.rateguard.console.apis.Apis;
import io.rateguard.console.calls.KeyLender;
import io.rateguard.console.calls.LentKey;
import io.rateguard.console.calls.Purpose;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.RowIds;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.CurrentCaller;
import io.rateguard.console.security.LendingThrottle;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.CustomerHeader;
import io.rateguard.domain.key.KeyChange;
import io.rateguard.domain.key.KeyLines;
import io.rateguard.domain.key.KeyState;
import io.rateguard.domain.key.KeyStatus;
import io.rateguard.domain.key.ProjectName;
import io.rateguard.domain.key.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What can be done with keys. */
@Service
public class Keys implements KeyLender {

    private static final int MOST_TAGS = 20;
    private static final int MOST_TEXT_CHARS = 200;
    private static final Pattern TAG_NAME = Pattern.compile("[a-z0-9]([a-z0-9_-]{0,62})");
    private static final TypeReference<TreeMap<String, String>> TAGS = new TypeReference<>() {};

    private final Access access;
    private final CurrentCaller callers;
    private final Tenancy tenancy;
    private final KeyRepository rows;
    private final Apis apis;
    private final LendingThrottle throttle;
    private final JsonMapper json;
    private final SecureRandom random = new SecureRandom();

    Keys(
            Access access,
            CurrentCaller callers,
            Tenancy tenancy,
            KeyRepository rows,
            Apis apis,
            LendingThrottle throttle,
            JsonMapper json) {
        this.access = access;
        this.callers = callers;
        this.tenancy = tenancy;
        this.rows = rows;
        this.apis = apis;
        this.throttle = throttle;
        this.json = json;
    }

    /** The only moment at which the secret is known. */
    public Created create(WorkspaceId workspace, NewKey wanted) {
        access.require(workspace, Action.EDIT_KEYS);
        Secret secret = Secret.create(kind(wanted.environment()), random);
        KeyEntity row = row(workspace, secret);
        row.expiresAt = expiry(wanted.expiresAt());
        return tenancy.in(workspace, () -> {
            describe(row, wanted);
            return new Created(key(rows.save(row)), secret);
        });
    }

    @Override
    public LentKey lend(WorkspaceId workspace, String api, Purpose purpose) {
        access.require(workspace, Action.EDIT_KEYS);
        throttle.enter(workspace, purpose.wireName());
        Secret secret = Secret.create(Secret.Kind.LIVE_KEY, random);
        KeyEntity row = row(workspace, secret);
        row.lentFor = purpose.wireName();
        Instant expiresAt = row.createdAt.plus(purpose.most());
        row.expiresAt = expiresAt;
        String name = purpose.title() + " of " + callers.name();
        NewKey wanted = NewKey.named(name.substring(0, Math.min(name.length(), MOST_TEXT_CHARS)), List.of(api));
        tenancy.in(workspace, () -> {
            describe(row, wanted);
            return rows.save(row);
        });
        // Whatever they may do by then: it takes nothing from anybody.
        Runnable giveBack = () -> takeBack(workspace, row.id);
        return new LentKey(secret, expiresAt, new DelegatingSecurityContextRunnable(giveBack));
    }

    private void takeBack(WorkspaceId workspace, UUID id) {
        tenancy.in(
                workspace,
                () -> rows.lock(workspace.value(), id)
                        .filter(row -> KeyChange.REVOKE.changes(row.state(RowIds.now())))
                        .map(row -> {
                            revoke(row);
                            return rows.save(row);
                        }));
    }

    /**
     * Makes a key be for something else: its secret stays, and so does what is counted on it.
     *
     * @param seen the version that the change was thought for
     * @param change is given the key as it is, and answers how it is to be
     */
    public Key edit(WorkspaceId workspace, String id, SeenVersion seen, UnaryOperator<NewKey> change) {
        return change(workspace, id, KeyChange.EDIT, row -> {
            seen.require(row.version);
            NewKey present = NewKey.of(key(row));
            NewKey wanted = change.apply(present);
            if (kind(wanted.environment()) != kind(row.environment)) {
                throw Problem.invalid("environment: " + wanted.environment() + " (expected: " + row.environment
                        + ", which its secret says)");
            }
            if (!Objects.equals(present.expiresAt(), wanted.expiresAt())) {
                if (row.successorId != null) {
                    throw Problem.invalid("expiresAt: " + wanted.expiresAt() + " (expected: " + present.expiresAt()
                            + ", the end of its grace)");
                }
                row.expiresAt = expiry(wanted.expiresAt());
            }
            describe(row, wanted);
        });
    }

    private void describe(KeyEntity row, NewKey wanted) {
        wanted.requireScope();
        row.name = Fields.requireName("name", wanted.name());
        // An API that is gone since stays named, so that nothing is opened by its end.
        if (wanted.apis() != null && !wanted.apis().equals(row.apiSlugs)) {
            apis.requireSlugs(new WorkspaceId(row.workspaceId), "apis", wanted.apis());
        }
        row.apiSlugs = wanted.apis() == null ? null : NewKey.orNone(wanted.apis());
        row.models = NewKey.orNone(wanted.models());
        row.endpoints = NewKey.orNone(wanted.endpoints());
        row.ipRanges = NewKey.orNone(wanted.ipRanges());
        row.tags = json.writeValueAsString(tags(wanted.tags()));
        row.project = project(wanted.project());
        row.owner = text("owner", wanted.owner());
        row.customer = text("customer", wanted.customer());
        row.customerHeader = wanted.trust().wireName();
    }

    /**
     * Replaces a key by a successor like it, with a secret of its own; the old one works on until its grace is over, or
     * its time. Both count as one key, to limits and to budgets.
     */
    public Rotated rotate(WorkspaceId workspace, String id, Rotation wanted) {
        access.require(workspace, Action.EDIT_KEYS);
        Duration grace = wanted.grace();
        Instant ends = expiry(wanted.expiresAt());
        return tenancy.in(workspace, () -> {
            KeyEntity old = lock(workspace, id);
            Instant now = RowIds.now();
            requireAllowed(KeyChange.ROTATE, old, now);
            Secret secret = Secret.create(kind(old.environment), random);
            KeyEntity successor = row(workspace, secret);
            successor.name = old.name;
            successor.apiSlugs = old.apiSlugs;
            successor.models = old.models;
            successor.endpoints = old.endpoints;
            successor.ipRanges = old.ipRanges;
            successor.tags = old.tags;
            successor.project = old.project;
            successor.owner = old.owner;
            successor.customer = old.customer;
            successor.customerHeader = old.customerHeader;
            successor.expiresAt = ends == null ? old.expiresAt : ends;
            successor.lineId = old.line();
            KeyEntity saved = rows.saveAndFlush(successor);
            Instant validUntil = now.plus(grace);
            if (old.expiresAt != null && old.expiresAt.isBefore(validUntil)) {
                validUntil = old.expiresAt;
            }
            old.successorId = saved.id;
            old.expiresAt = validUntil;
            rows.save(old);
            return new Rotated(new Created(key(saved), secret), validUntil);
        });
    }

    public Page<Key> list(WorkspaceId workspace, PageRequest request) {
        access.require(workspace, Action.READ);
        return tenancy.in(
                workspace,
                () -> Page.of(
                        rows.page(workspace.value(), request.after(), RowIds.now(), request.fetch()),
                        request,
                        row -> row.id,
                        this::key));
    }

    public Key read(WorkspaceId workspace, String id) {
        access.require(workspace, Action.READ);
        return tenancy.in(workspace, () -> key(require(workspace, id)));
    }

    /** What people call keys, in the order they were made; those that are not known any more are left out. */
    public Map<ApiKeyId, Named> named(WorkspaceId workspace, Collection<ApiKeyId> ids) {
        access.require(workspace, Action.READ);
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<ApiKeyId, Named> named = new LinkedHashMap<>();
        List<UUID> wanted = ids.stream().map(ApiKeyId::value).toList();
        tenancy.in(workspace, () -> rows.these(workspace.value(), wanted))
                .forEach(row ->
                        named.put(new ApiKeyId(row.id), new Named(new ApiKeyId(row.line()), row.name, row.prefix)));
        return named;
    }

    /** What people call a key; its id where it is not known any more. */
    public String nameOf(WorkspaceId workspace, String id) {
        try {
            return read(workspace, id).name();
        } catch (Problem gone) {
            return id;
        }
    }

    /** Refuses a secret that opens nothing here, without a word of whose it is. */
    public void requireWorking(WorkspaceId workspace, Secret secret) {
        access.require(workspace, Action.EDIT_KEYS);
        boolean works = tenancy.in(
                workspace,
                () -> rows.findByWorkspaceIdAndHash(
                                workspace.value(), secret.hash().bytes())
                        .map(row -> row.state(RowIds.now()).works())
                        .orElse(false));
        if (!works) {
            throw Problem.invalid(
                    "key: none of this workspace's that works (expected: the whole of a key that was created in"
                            + " this workspace and is not suspended, revoked or expired)");
        }
    }

    /** For ever, at once: of a rotated key it is the early end of its grace. */
    public Key revoke(WorkspaceId workspace, String id) {
        return change(workspace, id, KeyChange.REVOKE, Keys::revoke);
    }

    private static void revoke(KeyEntity row) {
        row.status = KeyStatus.REVOKED.wireName();
        row.revokedAt = RowIds.now();
    }

    public Key suspend(WorkspaceId workspace, String id) {
        return change(workspace, id, KeyChange.SUSPEND, row -> row.status = KeyStatus.SUSPENDED.wireName());
    }

    public Key resume(WorkspaceId workspace, String id) {
        return change(workspace, id, KeyChange.RESUME, row -> row.status = KeyStatus.ACTIVE.wireName());
    }

    /**
     * What limits and budgets know a key by: the first of its line. Refuses an id that names no key; must run inside a
     * transaction of the workspace.
     */
    public ApiKeyId requireLine(WorkspaceId workspace, String field, ApiKeyId id) {
        return rows.findByWorkspaceIdAndId(workspace.value(), id.value())
                .map(row -> new ApiKeyId(row.line()))
                .orElseThrow(
                        () -> Problem.invalid(field + ": " + id + " (expected: the id of a key in this workspace)"));
    }

    /** Which keys count as one; for what counts, in nobody's name. */
    public KeyLines lines(WorkspaceId workspace) {
        return tenancy.in(
                workspace,
                () -> new KeyLines(rows.successors(workspace.value()).stream()
                        .collect(Collectors.toMap(row -> new ApiKeyId(row.id), row -> new ApiKeyId(row.line())))));
    }

    private Key change(WorkspaceId workspace, String id, KeyChange change, Consumer<KeyEntity> effect) {
        access.require(workspace, Action.EDIT_KEYS);
        return tenancy.in(workspace, () -> {
            KeyEntity row = lock(workspace, id);
            Instant now = RowIds.now();
            requireAllowed(change, row, now);
            if (change.changes(row.state(now))) {
                effect.accept(row);
            }
            return key(rows.saveAndFlush(row));
        });
    }

    private static void requireAllowed(KeyChange change, KeyEntity row, Instant now) {
        KeyState state = row.state(now);
        if (row.lentFor != null && change != KeyChange.REVOKE) {
            throw Problem.conflict(
                    "lent",
                    change.wireName() + ": key " + row.prefix
                            + "… is lent for a moment (expected: one that was created; this one can be revoked)");
        }
        if (!change.allowedIn(state)) {
            throw Problem.conflict(
                    state.wireName(),
                    change.wireName() + ": key " + row.prefix + "… is " + state.wireName() + " (expected: "
                            + change.expected() + ")");
        }
    }

    private static KeyEntity row(WorkspaceId workspace, Secret secret) {
        KeyEntity row = new KeyEntity();
        row.id = RowIds.next();
        row.workspaceId = workspace.value();
        row.environment = secret.kind() == Secret.Kind.LIVE_KEY ? "live" : "test";
        row.prefix = secret.displayPrefix();
        row.hash = secret.hash().bytes();
        row.status = KeyStatus.ACTIVE.wireName();
        row.createdAt = RowIds.now();
        return row;
    }

    private KeyEntity lock(WorkspaceId workspace, String id) {
        return rows.lock(workspace.value(), Fields.pathId("key", id)).orElseThrow(() -> notFound(id));
    }

    private KeyEntity require(WorkspaceId workspace, String id) {
        return rows.findByWorkspaceIdAndId(workspace.value(), Fields.pathId("key", id))
                .orElseThrow(() -> notFound(id));
    }

    private static Problem notFound(String id) {
        return Problem.notFound("key: " + id + " (expected: the id of one in this workspace)");
    }

    private static Secret.Kind kind(@Nullable String environment) {
        return switch (environment) {
            case null -> Secret.Kind.LIVE_KEY;
            case "live" -> Secret.Kind.LIVE_KEY;
            case "test" -> Secret.Kind.TEST_KEY;
            default -> throw Problem.invalid("environment: " + environment + " (expected: live or test)");
        };
    }

    private static Map<String, String> tags(@Nullable Map<String, String> wanted) {
        if (wanted == null) {
            return Map.of();
        }
        if (wanted.size() > MOST_TAGS) {
            throw Problem.invalid("tags: " + wanted.size() + " (expected: " + MOST_TAGS + " at most)");
        }
        wanted.forEach((name, value) -> {
            if (!TAG_NAME.matcher(name).matches()) {
                throw Problem.invalid("tags: \"" + name
                        + "\" (expected: names of 1 to 63 lower-case letters, digits, hyphens and underscores)");
            }
            requireText("tags." + name, value);
        });
        return new TreeMap<>(wanted);
    }

    private static @Nullable String project(@Nullable String wanted) {
        return wanted == null ? null : Problem.valid(() -> ProjectName.require("project", wanted));
    }

    private static @Nullable String text(String field, @Nullable String wanted) {
        if (wanted != null) {
            requireText(field, wanted);
        }
        return wanted;
    }

    private static void requireText(String field, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > MOST_TEXT_CHARS) {
            throw Problem.invalid(field + ": " + (text == null ? "null" : text.length() + " characters")
                    + " (expected: 1 to " + MOST_TEXT_CHARS + " characters)");
        }
        Fields.requirePrintable(field, text);
    }

    private static @Nullable Instant expiry(@Nullable Instant wanted) {
        if (wanted != null && !wanted.isAfter(Instant.now())) {
            throw Problem.invalid("expiresAt: " + wanted + " (expected: a time to come)");
        }
        return wanted == null ? null : Fields.requireStorable("expiresAt", wanted);
    }

    private Key key(KeyEntity row) {
        return new Key(
                new ApiKeyId(row.id),
                new ApiKeyId(row.line()),
                row.successorId == null ? null : new ApiKeyId(row.successorId),
                row.name,
                row.environment,
                row.prefix,
                row.state(RowIds.now()),
                row.apiSlugs,
                row.models,
                row.endpoints,
                row.ipRanges,
                json.readValue(row.tags, TAGS),
                row.project,
                row.owner,
                row.customer,
                CustomerHeader.ofWireName(row.customerHeader),
                row.purpose(),
                row.expiresAt,
                row.revokedAt,
                row.createdAt,
                row.version == null ? 0 : row.version);
    }

    /**
     * A key, recognised by its prefix; {@code apis} null means every API, no models, endpoints or addresses mean all.
     *
     * @param line the first of the keys that count as one with it: itself unless it followed another
     * @param successor what it was replaced by
     * @param lentFor what the console lent it for; null for one that was created
     */
    public record Key(
            ApiKeyId id,
            ApiKeyId line,
            @Nullable ApiKeyId successor,
            String name,
            String environment,
            String prefix,
            KeyState state,
            @Nullable List<String> apis,
            List<String> models,
            List<String> endpoints,
            List<String> ipRanges,
            Map<String, String> tags,
            @Nullable String project,
            @Nullable String owner,
            @Nullable String customer,
            CustomerHeader customerHeader,
            @Nullable Purpose lentFor,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            Instant createdAt,
            int version) {

        /** Whether there is anything that the change would change. */
        public boolean isOpenTo(KeyChange change) {
            return change.changes(state) && (lentFor == null || change == KeyChange.REVOKE);
        }
    }

    /** @param line the first of the keys that count as one with it */
    public record Named(ApiKeyId line, String name, String prefix) {}

    /** A new key with its secret. */
    public record Created(Key key, Secret secret) {}

    /** @param previousValidUntil the first instant at which the old key works no more */
    public record Rotated(Created successor, Instant previousValidUntil) {}
}
