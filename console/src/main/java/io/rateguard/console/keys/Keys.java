package io.rateguard.console.keys;

import io.rateguard.console.apis.Apis;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.RowIds;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.key.KeyStatus;
import io.rateguard.domain.key.ProjectName;
import io.rateguard.domain.key.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What can be done with keys. */
@Service
public class Keys {

    private static final int MOST_TAGS = 20;
    private static final int MOST_TEXT_CHARS = 200;
    private static final Pattern TAG_NAME = Pattern.compile("[a-z0-9]([a-z0-9_-]{0,62})");
    private static final TypeReference<TreeMap<String, String>> TAGS = new TypeReference<>() {};

    private final Access access;
    private final Tenancy tenancy;
    private final KeyRepository rows;
    private final Apis apis;
    private final JsonMapper json;
    private final SecureRandom random = new SecureRandom();

    Keys(Access access, Tenancy tenancy, KeyRepository rows, Apis apis, JsonMapper json) {
        this.access = access;
        this.tenancy = tenancy;
        this.rows = rows;
        this.apis = apis;
        this.json = json;
    }

    /** The only moment at which the secret is known. */
    public Created create(WorkspaceId workspace, NewKey wanted) {
        access.require(workspace, Action.EDIT_KEYS);
        wanted.refuseWhatIsNotSupported();
        Secret secret = Secret.create(kind(wanted.environment()), random);
        KeyEntity row = new KeyEntity();
        row.id = RowIds.next();
        row.workspaceId = workspace.value();
        row.name = Fields.requireName("name", wanted.name());
        row.environment = secret.kind() == Secret.Kind.LIVE_KEY ? "live" : "test";
        row.prefix = secret.displayPrefix();
        row.hash = secret.hash().bytes();
        row.status = KeyStatus.ACTIVE.wireName();
        row.apiSlugs =
                wanted.apis() == null ? null : wanted.apis().stream().distinct().toList();
        row.tags = json.writeValueAsString(tags(wanted.tags()));
        row.project = project(wanted.project());
        row.customer = customer(wanted.customer());
        row.expiresAt = expiry(wanted.expiresAt());
        row.createdAt = RowIds.now();
        return tenancy.in(workspace, () -> {
            if (wanted.apis() != null) {
                apis.requireSlugs(workspace, "apis", wanted.apis());
            }
            return new Created(key(rows.save(row)), secret);
        });
    }

    public Page<Key> list(WorkspaceId workspace, PageRequest request) {
        access.require(workspace, Action.READ);
        return tenancy.in(
                workspace,
                () -> Page.of(
                        rows.page(workspace.value(), request.after(), request.fetch()),
                        request,
                        row -> row.id,
                        this::key));
    }

    public Key read(WorkspaceId workspace, String id) {
        access.require(workspace, Action.READ);
        return tenancy.in(workspace, () -> key(require(workspace, id)));
    }

    /** For ever. A second time changes nothing. */
    public Key revoke(WorkspaceId workspace, String id) {
        return change(workspace, id, row -> {
            if (!row.status.equals(KeyStatus.REVOKED.wireName())) {
                row.status = KeyStatus.REVOKED.wireName();
                row.revokedAt = RowIds.now();
            }
        });
    }

    public Key suspend(WorkspaceId workspace, String id) {
        return change(workspace, id, row -> setUnlessRevoked(row, KeyStatus.SUSPENDED));
    }

    public Key resume(WorkspaceId workspace, String id) {
        return change(workspace, id, row -> setUnlessRevoked(row, KeyStatus.ACTIVE));
    }

    /** Refuses an id that names no key; must run inside a transaction of the workspace. */
    public void requireExists(WorkspaceId workspace, String field, ApiKeyId id) {
        if (rows.findByWorkspaceIdAndId(workspace.value(), id.value()).isEmpty()) {
            throw Problem.invalid(field + ": " + id + " (expected: the id of a key in this workspace)");
        }
    }

    private Key change(WorkspaceId workspace, String id, Consumer<KeyEntity> change) {
        access.require(workspace, Action.EDIT_KEYS);
        return tenancy.in(workspace, () -> {
            KeyEntity row = require(workspace, id);
            change.accept(row);
            return key(rows.save(row));
        });
    }

    private static void setUnlessRevoked(KeyEntity row, KeyStatus status) {
        if (row.status.equals(KeyStatus.REVOKED.wireName())) {
            throw Problem.conflict("revoked", "key " + row.prefix + "…: revoked, which is for ever");
        }
        row.status = status.wireName();
    }

    private KeyEntity require(WorkspaceId workspace, String id) {
        return rows.findByWorkspaceIdAndId(workspace.value(), Fields.pathId("key", id))
                .orElseThrow(() -> Problem.notFound("key: " + id + " (expected: the id of one in this workspace)"));
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

    private static @Nullable String customer(@Nullable String wanted) {
        if (wanted != null) {
            requireText("customer", wanted);
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
                row.name,
                row.environment,
                row.prefix,
                KeyStatus.ofWireName(row.status),
                row.apiSlugs,
                json.readValue(row.tags, TAGS),
                row.project,
                row.customer,
                row.expiresAt,
                row.revokedAt,
                row.createdAt,
                row.version == null ? 0 : row.version);
    }

    /** A key, recognised by its prefix; {@code apis} null means every API. */
    public record Key(
            ApiKeyId id,
            String name,
            String environment,
            String prefix,
            KeyStatus status,
            @Nullable List<String> apis,
            Map<String, String> tags,
            @Nullable String project,
            @Nullable String customer,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            Instant createdAt,
            int version) {}

    /** A new key with its secret. */
    public record Created(Key key, Secret secret) {}
}
