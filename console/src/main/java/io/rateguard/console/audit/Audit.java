package io.rateguard.console.audit;

import io.rateguard.console.csv.CsvAnswer;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Tenancy;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.domain.id.WorkspaceId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The entries of a workspace, newest first, with the sign-ins of its members. */
@Service
public class Audit {

    private static final Pattern WORD_BREAK = Pattern.compile("_([a-z])");

    private final Access access;
    private final Tenancy tenancy;
    private final AuditRepository rows;
    private final JsonMapper json;

    Audit(Access access, Tenancy tenancy, AuditRepository rows, JsonMapper json) {
        this.access = access;
        this.tenancy = tenancy;
        this.rows = rows;
        this.json = json;
    }

    public Page<Entry> list(WorkspaceId workspace, AuditFilter filter, PageRequest request) {
        access.require(workspace, Action.ADMINISTER);
        return tenancy.in(
                workspace,
                () -> Page.of(
                        rows.page(
                                workspace.value(),
                                filter.from(),
                                filter.to(),
                                filter.actor(),
                                filter.resource(),
                                filter.action(),
                                request.before(),
                                request.fetch()),
                        request,
                        row -> row.id,
                        this::entry));
    }

    /** As a file, every entry that the filter lets through, in the same order. */
    public void export(Workspace workspace, AuditFilter filter, HttpServletResponse response) throws IOException {
        CsvAnswer.write(response, workspace.slug() + "-audit.csv", csv -> {
            AuditCsv.columns(csv);
            @Nullable String cursor = null;
            do {
                Page<Entry> page = list(workspace.id(), filter, PageRequest.largest(cursor));
                page.items().forEach(entry -> AuditCsv.record(csv, entry));
                cursor = page.next();
            } while (cursor != null);
        });
    }

    private Entry entry(AuditEntity row) {
        return new Entry(
                row.id,
                row.createdAt,
                new Actor(row.actorType, row.actorId, row.actorName),
                row.address,
                row.action,
                row.resource,
                row.resourceId,
                state(row.before),
                state(row.after));
    }

    /** In the names of the management API. */
    private @Nullable ObjectNode state(@Nullable String columns) {
        if (columns == null) {
            return null;
        }
        ObjectNode state = json.createObjectNode();
        for (var column : json.readTree(columns).properties()) {
            String name = WORD_BREAK
                    .matcher(column.getKey())
                    .replaceAll(letter -> Character.toString(
                            Character.toUpperCase(letter.group(1).charAt(0))));
            state.set(name, column.getValue());
        }
        return state;
    }

    /**
     * One thing that was done.
     *
     * @param address where from; null where the console acted by itself
     * @param before what there was, without secrets; null where it was created
     * @param after what there is since, without secrets; null where it is gone
     */
    public record Entry(
            UUID id,
            Instant time,
            Actor actor,
            @Nullable String address,
            String action,
            String resource,
            UUID resourceId,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {

        /** What people call the thing; empty where it has no name. */
        public String name() {
            JsonNode state = after == null ? before : after;
            return Stream.of("name", "slug", "email", "model", "requestId", "catalogueVersion")
                    .flatMap(field ->
                            Optional.ofNullable(state).map(it -> it.path(field).asString("")).stream())
                    .filter(name -> !name.isEmpty())
                    .findFirst()
                    .orElse("");
        }
    }

    /**
     * Who did it.
     *
     * @param type person, token or system
     * @param name as it was then: the address of a person, the name of a token
     */
    public record Actor(String type, @Nullable UUID id, String name) {}
}
