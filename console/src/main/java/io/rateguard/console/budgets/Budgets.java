package io.rateguard.console.budgets;

import io.rateguard.console.apis.Apis;
import io.rateguard.console.keys.Keys;
import io.rateguard.console.limits.Limits;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.RowIds;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Tenancy;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetScope;
import io.rateguard.domain.budget.FiscalYear;
import io.rateguard.domain.budget.Increase;
import io.rateguard.domain.budget.Ladder;
import io.rateguard.domain.budget.LadderShapes;
import io.rateguard.domain.budget.Throttle;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.LimitShapes;
import io.rateguard.domain.limit.OnStoreFailure;
import io.rateguard.domain.money.Money;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.MissingNode;

/** What can be done with budgets. */
@Service
public class Budgets {

    private final Access access;
    private final Tenancy tenancy;
    private final BudgetRepository rows;
    private final IncreaseRepository increases;
    private final Apis apis;
    private final Keys keys;
    private final Limits limits;
    private final BudgetFigures figures;
    private final Seeding seeding;
    private final Clock clock;

    Budgets(
            Access access,
            Tenancy tenancy,
            BudgetRepository rows,
            IncreaseRepository increases,
            Apis apis,
            Keys keys,
            Limits limits,
            BudgetFigures figures,
            Seeding seeding,
            Clock clock) {
        this.access = access;
        this.tenancy = tenancy;
        this.rows = rows;
        this.increases = increases;
        this.apis = apis;
        this.keys = keys;
        this.limits = limits;
        this.figures = figures;
        this.seeding = seeding;
        this.clock = clock;
    }

    public Saved create(Workspace workspace, NewBudget wanted) {
        access.require(workspace.id(), Action.EDIT_BUDGETS);
        BudgetId id = new BudgetId(RowIds.next());
        Budget asked = Problem.valid(() -> budget(id, workspace.zone(), wanted, Ladder.NONE));
        Saved saved = tenancy.in(workspace.id(), () -> {
            Budget budget = asked.on(known(workspace.id(), asked.scope()));
            requireSlowable(workspace.id(), budget);
            return saved(rows.save(row(workspace.id(), budget)), List.of());
        });
        Saved shown = figures.addTo(workspace.id(), List.of(saved)).getFirst();
        seeding.start(workspace.id(), saved.budget());
        return shown;
    }

    public Page<Saved> list(WorkspaceId workspace, PageRequest request) {
        Page<Saved> page = page(workspace, request);
        return new Page<>(figures.addTo(workspace, page.items()), page.next());
    }

    public Saved read(WorkspaceId workspace, String id) {
        return figures.addTo(workspace, List.of(find(workspace, id))).getFirst();
    }

    /** As {@link #list}, without asking the counters for what is spent. */
    public Page<Budget> definitions(WorkspaceId workspace, PageRequest request) {
        return page(workspace, request).map(Saved::budget);
    }

    /** As {@link #read}, without asking the counters for what is spent. */
    public Budget definition(WorkspaceId workspace, String id) {
        return find(workspace, id).budget();
    }

    /** What budgets are called; those that are deleted are left out. */
    public Map<BudgetId, String> names(WorkspaceId workspace, Collection<BudgetId> ids) {
        access.require(workspace, Action.READ);
        List<UUID> wanted = ids.stream().map(BudgetId::value).toList();
        return wanted.isEmpty()
                ? Map.of()
                : tenancy.in(workspace, () -> rows.these(workspace.value(), wanted)).stream()
                        .collect(Collectors.toMap(row -> new BudgetId(row.id), row -> row.name));
    }

    private Page<Saved> page(WorkspaceId workspace, PageRequest request) {
        access.require(workspace, Action.READ);
        return tenancy.in(workspace, () -> {
            List<BudgetEntity> found = rows.page(workspace.value(), request.after(), request.fetch());
            Map<UUID, List<Increase>> more = underWay(workspace, found);
            return Page.of(found, request, row -> row.id, row -> saved(row, more.getOrDefault(row.id, List.of())));
        });
    }

    private Saved find(WorkspaceId workspace, String id) {
        access.require(workspace, Action.READ);
        return tenancy.in(workspace, () -> withIncreases(workspace, require(workspace, id)));
    }

    /**
     * Proxies go by it within a second; what is spent and held in the present window stays, and so does what it covers, over
     * which time and apart for what.
     *
     * @param seen the version that the change was thought for
     * @param change is given the budget as it is, and answers how it is to be
     */
    public Saved change(Workspace within, String id, SeenVersion seen, UnaryOperator<NewBudget> change) {
        WorkspaceId workspace = within.id();
        access.require(workspace, Action.EDIT_BUDGETS);
        Saved saved = tenancy.in(workspace, () -> {
            BudgetEntity row = lock(workspace, id);
            seen.require(row.version);
            Budget present = row.toBudget();
            NewBudget wanted = change.apply(NewBudget.of(present));
            Budget changed = Problem.valid(() -> budget(present.id(), within.zone(), wanted, present.ladder()));
            requireSameCounters(present, changed);
            requireSlowable(workspace, changed);
            requireCounted(
                    changed.increased(withIncreases(workspace, row).budget().increases()));
            describe(row, changed);
            return withIncreases(workspace, rows.saveAndFlush(row));
        });
        return figures.addTo(workspace, List.of(saved)).getFirst();
    }

    /** Adds money to a budget until an instant; what was added before and has not ended counts on. */
    public Saved increase(WorkspaceId workspace, String id, NewIncrease wanted) {
        access.require(workspace, Action.EDIT_BUDGETS);
        Instant until = Fields.require("until", wanted.until());
        if (!until.isAfter(clock.instant())) {
            throw Problem.invalid("until: " + until + " (expected: a time to come)");
        }
        Increase increase = Problem.valid(
                () -> new Increase(Money.ofNanos(Fields.require("amountNanos", wanted.amountNanos())), until));
        Saved saved = tenancy.in(workspace, () -> add(workspace, id, increase, null));
        return figures.addTo(workspace, List.of(saved)).getFirst();
    }

    /**
     * Adds money within a transaction of the workspace.
     *
     * @param crossing which alert offered it; null: none did
     */
    Saved add(WorkspaceId workspace, String id, Increase increase, @Nullable UUID crossing) {
        BudgetEntity row = lock(workspace, id);
        requireCounted(withIncreases(workspace, row).budget(), increase);
        IncreaseEntity added = row(row, increase);
        added.crossingId = crossing;
        increases.save(added);
        return withIncreases(workspace, row);
    }

    public void delete(WorkspaceId workspace, String id, SeenVersion seen) {
        access.require(workspace, Action.EDIT_BUDGETS);
        tenancy.in(workspace, () -> {
            BudgetEntity row = lock(workspace, id);
            seen.require(row.version);
            row.deletedAt = RowIds.now();
            return true;
        });
    }

    /** The budget of this id, refusing one that is not there; must run inside a transaction of the workspace. */
    public Budget requireExists(WorkspaceId workspace, String field, BudgetId id) {
        return rows.find(workspace.value(), id.value())
                .map(BudgetEntity::toBudget)
                .orElseThrow(
                        () -> Problem.invalid(field + ": " + id + " (expected: the id of a budget in this workspace)"));
    }

    private static void requireSameCounters(Budget present, Budget changed) {
        Fields.requireSame("scope", words(changed.scope()), words(present.scope()), Fields.COUNTED_SO_FAR);
        Fields.requireSame(
                "period", changed.period().wireName(), present.period().wireName(), Fields.COUNTED_SO_FAR);
        Fields.requireSame("zone", changed.zone(), present.zone(), Fields.COUNTED_SO_FAR);
        Fields.requireSame(
                "fiscalYearStart", changed.year().wireName(), present.year().wireName(), Fields.COUNTED_SO_FAR);
        Fields.requireSame(
                "per", LimitShapes.json(changed.per()), LimitShapes.json(present.per()), Fields.COUNTED_SO_FAR);
    }

    private static String words(BudgetScope scope) {
        return (scope.type().wireName() + " " + scope.value()).strip();
    }

    /** @param present the ladder where the description says nothing of it */
    private static Budget budget(BudgetId id, ZoneId usual, NewBudget wanted, Ladder present) {
        Budget.Estimate estimate =
                wanted.estimate() == null ? Budget.Estimate.ELASTIC : Budget.Estimate.ofWireName(wanted.estimate());
        return new Budget(
                id,
                Fields.requireName("name", wanted.name()),
                scope(wanted.scope()),
                LimitShapes.per(wanted.per() == null ? MissingNode.getInstance() : wanted.per()),
                Money.ofNanos(Fields.require("amountNanos", wanted.amountNanos())),
                BudgetPeriod.ofWireName(Fields.require("period", wanted.period())),
                wanted.zone() == null ? usual : zone(wanted.zone()),
                wanted.fiscalYearStart() == null
                        ? FiscalYear.CALENDAR
                        : FiscalYear.ofWireName(wanted.fiscalYearStart()),
                wanted.shutoff() == null || wanted.shutoff(),
                estimate,
                wanted.rungs(present),
                wanted.onStoreFailure() == null
                        ? estimate.onStoreFailure()
                        : OnStoreFailure.ofWireName(wanted.onStoreFailure()),
                List.of());
    }

    private static BudgetScope scope(NewBudget.@Nullable Scope wanted) {
        if (wanted == null) {
            return BudgetScope.WORKSPACE;
        }
        String value = wanted.value() == null ? "" : wanted.value();
        return new BudgetScope(
                BudgetScope.Type.ofWireName(Fields.require("scope.type", wanted.type())),
                Fields.requirePrintable("scope.value", value));
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw Problem.invalid("zone: " + name + " (expected: a time zone such as Europe/Berlin)");
        }
    }

    /** As it is kept: by the line of its key. Refuses an API or a key that is not there. */
    private BudgetScope known(WorkspaceId workspace, BudgetScope scope) {
        return switch (scope.type()) {
            case WORKSPACE, PROJECT, TAG, CUSTOMER -> scope;
            case API -> {
                apis.requireSlugs(workspace, "scope.value", List.of(scope.value()));
                yield scope;
            }
            case KEY ->
                new BudgetScope(
                        BudgetScope.Type.KEY,
                        keys.requireLine(workspace, "scope.value", ApiKeyId.of(scope.value()))
                                .toString());
        };
    }

    /** A throttle slows down what limits let pass; where there may be none, it has to say how much does. */
    private void requireSlowable(WorkspaceId workspace, Budget budget) {
        boolean needsLimits = budget.ladder().throttles().stream()
                .anyMatch(throttle -> throttle.requestsPerMinute().isEmpty());
        if (needsLimits && !limits.coverAll(workspace, budget.scope())) {
            throw Problem.invalid("ladder.requestsPerMinute: missing (expected: 1 to "
                    + Throttle.MOST_REQUESTS_PER_MINUTE
                    + ", since no limit looks at every request of this budget)");
        }
    }

    private BudgetEntity require(WorkspaceId workspace, String id) {
        return rows.find(workspace.value(), Fields.pathId("budget", id)).orElseThrow(() -> notFound(id));
    }

    private BudgetEntity lock(WorkspaceId workspace, String id) {
        return rows.lock(workspace.value(), Fields.pathId("budget", id)).orElseThrow(() -> notFound(id));
    }

    private static Problem notFound(String id) {
        return Problem.notFound("budget: " + id + " (expected: the id of one in this workspace)");
    }

    private static void requireCounted(Budget budget, Increase increase) {
        long room = room(budget);
        if (increase.amount().nanos() > room) {
            throw uncounted(increase.amount(), room);
        }
    }

    private static void requireCounted(Budget budget) {
        long room = room(budget);
        if (room < 0) {
            throw uncounted(budget.amount(), budget.amount().nanos() + room);
        }
    }

    private static long room(Budget budget) {
        long room = Money.MAX_COUNTED_NANOS - budget.amount().nanos();
        for (Increase increase : budget.increases()) {
            room -= increase.amount().nanos();
        }
        return room;
    }

    private static Problem uncounted(Money amount, long most) {
        return Problem.invalid("amountNanos: " + amount.nanos() + " (expected: " + most
                + " or less, so that the budget with all its increases stays within " + Money.MAX_COUNTED_NANOS + ")");
    }

    private Saved withIncreases(WorkspaceId workspace, BudgetEntity row) {
        return saved(row, underWay(workspace, List.of(row)).getOrDefault(row.id, List.of()));
    }

    private Map<UUID, List<Increase>> underWay(WorkspaceId workspace, List<BudgetEntity> budgets) {
        List<UUID> ids = budgets.stream().map(budget -> budget.id).toList();
        return ids.isEmpty()
                ? Map.of()
                : increases.underWay(workspace.value(), ids, clock.instant()).stream()
                        .collect(Collectors.groupingBy(
                                row -> row.budgetId,
                                Collectors.mapping(IncreaseEntity::toIncrease, Collectors.toList())));
    }

    private static BudgetEntity row(WorkspaceId workspace, Budget budget) {
        BudgetEntity row = new BudgetEntity();
        row.id = budget.id().value();
        row.workspaceId = workspace.value();
        row.scopeType = budget.scope().type().wireName();
        row.scopeValue = budget.scope().value();
        row.per = LimitShapes.json(budget.per()).toString();
        row.period = budget.period().wireName();
        row.zone = budget.zone().getId();
        row.fiscalYearStart = budget.year().wireName();
        describe(row, budget);
        row.createdAt = RowIds.now();
        return row;
    }

    private static void describe(BudgetEntity row, Budget budget) {
        row.name = budget.name();
        row.amountNanos = budget.amount().nanos();
        row.shutoff = budget.shutoff();
        row.estimate = budget.estimate().wireName();
        row.ladder = LadderShapes.json(budget.ladder()).toString();
        row.onStoreFailure = budget.onStoreFailure().wireName();
    }

    private static IncreaseEntity row(BudgetEntity budget, Increase increase) {
        IncreaseEntity row = new IncreaseEntity();
        row.id = RowIds.next();
        row.workspaceId = budget.workspaceId;
        row.budgetId = budget.id;
        row.amountNanos = increase.amount().nanos();
        row.endsAt = increase.until();
        row.createdAt = RowIds.now();
        return row;
    }

    private static Saved saved(BudgetEntity row, List<Increase> increases) {
        return new Saved(
                row.toBudget().increased(increases), null, row.createdAt, row.version == null ? 0 : row.version);
    }

    /**
     * A budget and its row, with the increases that have not ended.
     *
     * @param level null while the counters do not answer, and of a budget that counts apart: it has many
     * @param version of what is set; increases and figures change without it
     */
    public record Saved(Budget budget, @Nullable Level level, Instant createdAt, int version) {}

    /** Where the budget stands in its present window; what remains is negative once more was spent than allowed. */
    public record Level(Money spent, Money held, Money remaining) {}
}
