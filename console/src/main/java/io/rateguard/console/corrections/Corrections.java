package io.rateguard.console.corrections;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.requests.Requests;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.RowIds;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.CurrentCaller;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.correction.Findings;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.usage.UsageSource;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** What can be done about what requests cost. */
@Service
public class Corrections {

    /** One after the other is done, so more would wait for ever. */
    private static final int MOST_OPEN = 100;

    private static final int MOST_NOTE_CHARS = 500;

    private final Access access;
    private final CurrentCaller callers;
    private final Tenancy tenancy;
    private final CorrectionRepository rows;
    private final Requests requests;
    private final JsonMapper json;

    Corrections(
            Access access,
            CurrentCaller callers,
            Tenancy tenancy,
            CorrectionRepository rows,
            Requests requests,
            JsonMapper json) {
        this.access = access;
        this.callers = callers;
        this.tenancy = tenancy;
        this.rows = rows;
        this.requests = requests;
        this.json = json;
    }

    public Rerate rerate(WorkspaceId workspace, NewRerate wanted) {
        access.require(workspace, Action.EDIT_PRICES);
        Instant from = Fields.requireStorable("from", Fields.require("from", wanted.from()));
        Instant to = Fields.requireStorable("to", Fields.require("to", wanted.to()));
        if (!to.isAfter(from)) {
            throw Problem.invalid("to: " + to + " (expected: after from, " + from + ")");
        }
        CorrectionEntity row = row(workspace);
        row.fromAt = from;
        row.toAt = to;
        row.api = wanted.api() == null ? null : Fields.requireName("api", wanted.api());
        row.model = wanted.model() == null ? null : Fields.requireName("model", wanted.model());
        row.dryRun = Boolean.TRUE.equals(wanted.dryRun());
        return rerate(save(workspace, row));
    }

    public Page<Rerate> rerates(WorkspaceId workspace, PageRequest request) {
        access.require(workspace, Action.READ);
        return tenancy.in(
                workspace,
                () -> Page.of(
                        rows.rerates(workspace.value(), request.after(), request.fetch()),
                        request,
                        row -> row.id,
                        this::rerate));
    }

    public Rerate read(WorkspaceId workspace, String id) {
        access.require(workspace, Action.READ);
        return tenancy.in(
                workspace,
                () -> rows.findRerate(workspace.value(), Fields.pathId("rerate", id))
                        .map(this::rerate)
                        .orElseThrow(() ->
                                Problem.notFound("rerate: " + id + " (expected: the id of one in this workspace)")));
    }

    /** What the provider has not reported may be said by a person: what was guessed, or priced by the call. */
    public Adjusting adjust(WorkspaceId workspace, String requestId, NewAdjustment wanted) {
        access.require(workspace, Action.EDIT_PRICES);
        long cost = Fields.require("costNanos", wanted.costNanos());
        if (cost < 0 || cost > Money.MAX_COUNTED_NANOS) {
            throw Problem.invalid("costNanos: " + cost + " (expected: 0 to " + Money.MAX_COUNTED_NANOS + ")");
        }
        CorrectionEntity row = row(workspace);
        row.note = note(wanted.note());
        row.costNanos = cost;
        RequestEvent event = requests.read(workspace, requestId);
        if (!mayBeSaid(event)) {
            throw Problem.invalid("usageSource: "
                    + event.metering().source().name().toLowerCase(Locale.ROOT)
                    + " (expected: estimated, an interrupted request, or a call without a model; a wrong price is put"
                    + " right by a rerate)");
        }
        row.requestId = event.requestId().value();
        save(workspace, row);
        return new Adjusting(row.id, row.requestId, cost, row.note, row.author, row.createdAt);
    }

    private static boolean mayBeSaid(RequestEvent event) {
        boolean isCall =
                event.verdict().decision() == Decision.ALLOWED && event.call().model() == null;
        return isCall
                || event.metering().source() == UsageSource.ESTIMATED
                || event.verdict().outcome() == Outcome.INTERRUPTED;
    }

    private static String note(@Nullable String given) {
        String note = Fields.require("note", given).strip();
        if (note.isEmpty() || note.length() > MOST_NOTE_CHARS) {
            throw Problem.invalid(
                    "note: " + note.length() + " characters (expected: 1 to " + MOST_NOTE_CHARS + ", why it is so)");
        }
        return Fields.requirePrintable("note", note);
    }

    private CorrectionEntity row(WorkspaceId workspace) {
        CorrectionEntity row = new CorrectionEntity();
        row.id = RowIds.next();
        row.workspaceId = workspace.value();
        row.author = callers.name();
        row.state = "waiting";
        row.createdAt = RowIds.now();
        return row;
    }

    private CorrectionEntity save(WorkspaceId workspace, CorrectionEntity row) {
        return tenancy.in(workspace, () -> {
            if (rows.open(workspace.value()) >= MOST_OPEN) {
                throw Problem.conflict(
                        "too_many_open",
                        "corrections: " + MOST_OPEN + " are not done yet (expected: fewer; wait for one of them)");
            }
            return rows.save(row);
        });
    }

    private Rerate rerate(CorrectionEntity row) {
        Findings findings = row.progress == null
                ? Findings.NONE
                : json.treeToValue(json.readTree(row.progress).path("findings"), Findings.class);
        return new Rerate(row, findings);
    }

    /** A rerate: what is wanted, and what was found so far. */
    public record Rerate(CorrectionEntity row, Findings findings) {}

    /** What a request is to cost. */
    public record Adjusting(UUID id, String requestId, long costNanos, String note, String author, Instant createdAt) {}
}
