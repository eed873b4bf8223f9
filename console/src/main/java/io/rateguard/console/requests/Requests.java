package io.rateguard.console.requests;

import io.rateguard.analytics.question.Adjustments;
import io.rateguard.analytics.question.Cursor;
import io.rateguard.analytics.question.RequestFilter;
import io.rateguard.analytics.question.RequestLog;
import io.rateguard.analytics.question.RequestPage;
import io.rateguard.analytics.question.RequestRow;
import io.rateguard.analytics.question.TagNames;
import io.rateguard.analytics.question.UsageHistory;
import io.rateguard.analytics.question.UsageQuestion;
import io.rateguard.analytics.question.UsageRow;
import io.rateguard.analytics.table.ClickHouseFailure;
import io.rateguard.analytics.table.IntakeProgress;
import io.rateguard.console.budgets.Budgets;
import io.rateguard.console.limits.Limits;
import io.rateguard.console.prices.PriceImports;
import io.rateguard.console.prices.Prices;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.event.Adjustment;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.LimitId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.LimitUnit;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.CeilingPrice;
import io.rateguard.domain.price.ModelPrice;
import io.rateguard.domain.price.PriceCatalogue;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Single requests, and usage over time. */
@Service
public class Requests {

    private static final Logger log = LoggerFactory.getLogger(Requests.class);
    /** All of them: the version of the price says which one it was. */
    private static final List<String> PROVIDERS = Arrays.stream(Profile.values())
            .flatMap(profile -> profile.priceProviders().stream())
            .distinct()
            .toList();

    /** More rows of usage than anybody reads at once; an export has no bound. */
    static final int MOST_ROWS = 50_000;

    private final StreamPlaces streamPlaces = new StreamPlaces();
    private final Access access;
    private final RequestLog requestLog;
    private final Adjustments adjustments;
    private final UsageHistory usageHistory;
    private final TagNames tagNames;
    private final IntakeProgress intakeProgress;
    private final LiveTail liveTail;
    private final Budgets budgets;
    private final Limits limits;
    private final Prices prices;
    private final PriceImports imports;
    private final PriceCatalogue catalogue;

    Requests(
            Access access,
            RequestLog requestLog,
            Adjustments adjustments,
            UsageHistory usageHistory,
            TagNames tagNames,
            IntakeProgress intakeProgress,
            LiveTail liveTail,
            Budgets budgets,
            Limits limits,
            Prices prices,
            PriceImports imports,
            PriceCatalogue catalogue) {
        this.access = access;
        this.requestLog = requestLog;
        this.adjustments = adjustments;
        this.usageHistory = usageHistory;
        this.tagNames = tagNames;
        this.intakeProgress = intakeProgress;
        this.liveTail = liveTail;
        this.budgets = budgets;
        this.limits = limits;
        this.prices = prices;
        this.imports = imports;
        this.catalogue = catalogue;
    }

    public RequestPage list(WorkspaceId workspace, RequestFilter filter, @Nullable Cursor after, int size) {
        access.require(workspace, Action.READ);
        return answered(() -> requestLog.page(workspace, filter, after, size));
    }

    public RequestEvent read(WorkspaceId workspace, String requestId) {
        access.require(workspace, Action.READ);
        RequestId id = parse(requestId);
        return answered(() -> requestLog.find(workspace, id)).orElseThrow(() -> notFound(requestId));
    }

    /** What a request was corrected by, in the order it was. */
    public List<Adjustment> adjustments(WorkspaceId workspace, RequestEvent event) {
        access.require(workspace, Action.READ);
        return answered(() -> adjustments.of(workspace, List.of(event)).getOrDefault(event.requestId(), List.of()));
    }

    /** The request with how its cost came about, the names of its budgets, and which of its limits are on cost. */
    public Explained explained(WorkspaceId workspace, String requestId) {
        RequestEvent event = read(workspace, requestId);
        return new Explained(
                event,
                adjustments(workspace, event),
                cost(workspace, event),
                budgetNames(workspace, event),
                costLimits(workspace, event.verdict()));
    }

    /** A budget may have been deleted since. */
    private Map<BudgetId, String> budgetNames(WorkspaceId workspace, RequestEvent event) {
        Set<BudgetId> charged =
                event.charges().stream().map(RequestEvent.Charge::budget).collect(Collectors.toSet());
        Map<BudgetId, String> known = budgets.names(workspace, charged);
        return charged.stream()
                .collect(Collectors.toMap(id -> id, id -> known.getOrDefault(id, "Deleted budget " + id)));
    }

    private Set<String> costLimits(WorkspaceId workspace, RequestEvent.Verdict verdict) {
        return Stream.concat(Stream.ofNullable(verdict.refusal()), verdict.shadowed().stream())
                .flatMap(refusal -> Stream.ofNullable(refusal.rule()))
                .filter(rule -> limits.unit(workspace, LimitId.of(rule))
                        .filter(LimitUnit.COST::equals)
                        .isPresent())
                .collect(Collectors.toSet());
    }

    /** By the price that the request keeps the name of. */
    private Optional<CostExplanation> cost(WorkspaceId workspace, RequestEvent event) {
        String version = event.metering().priceVersion();
        Optional<ModelPrice> own = prices.named(workspace, version)
                .or(() -> CeilingPrice.named(version).map(ceiling -> ceiling.price(OptionalLong.empty())));
        return own.isPresent()
                ? CostExplanation.of(event, own.get())
                : CostExplanation.of(event, imports.named(workspace, version).orElse(catalogue), PROVIDERS);
    }

    /** All rows of an answer; one of more than {@link #MOST_ROWS} is refused. */
    public List<UsageRow> usage(WorkspaceId workspace, UsageQuestion question) {
        access.require(workspace, Action.READ);
        List<UsageRow> rows = answered(() -> usageHistory.ask(workspace, question, MOST_ROWS + 1));
        if (rows.size() > MOST_ROWS) {
            throw Problem.invalid("usage: more than " + MOST_ROWS + " rows (expected: a wider bucket, fewer groups, a"
                    + " shorter range, top, or text/csv, which has no bound)");
        }
        return rows;
    }

    /** The names of the tags that requests had since an instant. */
    public List<String> tags(WorkspaceId workspace, Instant since) {
        access.require(workspace, Action.READ);
        return answered(() -> tagNames.ask(workspace, since));
    }

    /** Up to when a workspace's requests are all in the history; none as long as it has none of anybody. */
    public Optional<Instant> upTo(WorkspaceId workspace) {
        access.require(workspace, Action.READ);
        return answered(() -> intakeProgress.of(workspace)).map(IntakeProgress.Reached::at);
    }

    /**
     * Tells of requests as they come in, until it is ended, or the caller may read no more.
     *
     * @param news is told on a thread that others wait for
     * @param ended told within a second, on a thread that others wait for
     */
    public LiveTail.Following follow(WorkspaceId workspace, Consumer<LiveTail.News> news, Runnable ended) {
        access.require(workspace, Action.READ);
        LiveTail.Viewer viewer = viewer(workspace, news, ended);
        return answered(() -> liveTail.follow(workspace, liveTail.reach(workspace), viewer));
    }

    /** The newest page, and all that comes in later as {@link #follow} tells of it. */
    public Newest newest(
            WorkspaceId workspace, RequestFilter filter, int size, Consumer<LiveTail.News> news, Runnable ended) {
        access.require(workspace, Action.READ);
        LiveTail.Viewer viewer = viewer(workspace, news, ended);
        return answered(() -> {
            // What is chosen may have come in long before the rest.
            OptionalLong before = filter.takesAll() ? OptionalLong.empty() : OptionalLong.of(liveTail.reach(workspace));
            RequestPage page = requestLog.page(workspace, filter, null, size);
            return new Newest(page, liveTail.follow(workspace, before.orElse(page.reach()), viewer));
        });
    }

    private LiveTail.Viewer viewer(WorkspaceId workspace, Consumer<LiveTail.News> news, Runnable ended) {
        return new LiveTail.Viewer(news, access.whether(workspace, Action.READ), ended);
    }

    /** @param following tells of what the page does not have yet; of some that it has as well */
    public record Newest(RequestPage page, LiveTail.Following following) {}

    /** Hands on every request, newest first, at the pace of whoever takes them. */
    public void export(WorkspaceId workspace, RequestFilter filter, Consumer<RequestRow> row) {
        access.require(workspace, Action.READ);
        answered(() -> {
            requestLog.all(workspace, filter, row);
            return workspace;
        });
    }

    /**
     * Hands on every row of an answer, at the pace of whoever takes them; more than {@link StreamPlaces#OF_A_WORKSPACE} at
     * once are refused.
     */
    public void exportUsage(WorkspaceId workspace, UsageQuestion question, Consumer<UsageRow> row) {
        access.require(workspace, Action.READ);
        streamPlaces.hold(
                workspace,
                () -> answered(() -> {
                    usageHistory.stream(workspace, question, row);
                    return workspace;
                }));
    }

    /** From when on the answer is complete, where that is later than its start. */
    public Optional<Instant> usageCountsSince(WorkspaceId workspace, UsageQuestion question) {
        access.require(workspace, Action.READ);
        return answered(() -> usageHistory.countsSince(question));
    }

    private static RequestId parse(String text) {
        try {
            return new RequestId(text);
        } catch (IllegalArgumentException malformed) {
            throw notFound(text);
        }
    }

    private static Problem notFound(String requestId) {
        return Problem.notFound("request: " + requestId + " (expected: the id of one of this workspace)");
    }

    /**
     * A request and its account.
     *
     * @param event as it was recorded
     * @param adjustments what it was corrected by, in the order it was
     * @param cost of what was recorded; empty where it cannot be told from the price that was applied
     * @param costLimits the ids of those limits that refused it, or would have, and count cost
     */
    public record Explained(
            RequestEvent event,
            List<Adjustment> adjustments,
            Optional<CostExplanation> cost,
            Map<BudgetId, String> budgetNames,
            Set<String> costLimits) {

        /** What the request costs with its corrections. */
        public Money corrected() {
            return RequestRow.of(event, adjustments).cost();
        }

        /** Whether what was used is money: of a budget, or of a limit on cost. */
        public boolean isMoney(RequestEvent.Refusal refusal) {
            boolean ofBudget = event.verdict().decision() == Decision.OVER_BUDGET
                    && refusal.equals(event.verdict().refusal());
            return ofBudget || refusal.rule() != null && costLimits.contains(refusal.rule());
        }

        public String budgetName(BudgetId budget) {
            return budgetNames.getOrDefault(budget, budget.toString());
        }
    }

    private static <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (ClickHouseFailure away) {
            log.warn("a question was not answered", away);
            throw Problem.unavailable("the request history does not answer; try again");
        }
    }
}
