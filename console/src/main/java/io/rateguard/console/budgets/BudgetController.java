package io.rateguard.console.budgets;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rateguard.console.budgets.Budgets.Level;
import io.rateguard.console.budgets.Budgets.Saved;
import io.rateguard.console.rest.Answers;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.Patches;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.workspaces.Workspace;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.BudgetForecast;
import io.rateguard.domain.budget.BudgetPeriod;
import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.budget.LadderShapes;
import io.rateguard.domain.limit.LimitShapes;
import io.rateguard.domain.money.Money;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/workspaces/{workspace}/budgets}; without ETags, since their figures move on their own: {@code version} takes their place. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/budgets")
class BudgetController {

    private final Workspaces workspaces;
    private final Budgets budgets;
    private final IncreaseOffers offers;
    private final Patches patches;
    private final Clock clock;

    BudgetController(Workspaces workspaces, Budgets budgets, IncreaseOffers offers, Patches patches, Clock clock) {
        this.workspaces = workspaces;
        this.budgets = budgets;
        this.offers = offers;
        this.patches = patches;
        this.clock = clock;
    }

    @PostMapping
    ResponseEntity<BudgetJson> create(@PathVariable String workspace, @RequestBody NewBudget wanted) {
        Saved created = budgets.create(workspaces.require(workspace), wanted);
        return Answers.created(BudgetJson.of(created, clock.instant()));
    }

    @GetMapping
    Page<BudgetJson> list(
            @PathVariable String workspace,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        Workspace found = workspaces.require(workspace);
        Instant now = clock.instant();
        return budgets.list(found.id(), PageRequest.of(cursor, limit)).map(saved -> BudgetJson.of(saved, now));
    }

    @GetMapping("/{budget}")
    BudgetJson read(@PathVariable String workspace, @PathVariable String budget) {
        return BudgetJson.of(budgets.read(workspaces.require(workspace).id(), budget), clock.instant());
    }

    /** What the body names takes the place of what there was, null too; the rest stays as it is. */
    @PatchMapping("/{budget}")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = NewBudget.class)))
    BudgetJson change(
            @PathVariable String workspace,
            @PathVariable String budget,
            @RequestHeader(name = SeenVersion.HEADER, defaultValue = SeenVersion.EVERY) SeenVersion seen,
            @RequestBody JsonNode body) {
        Saved changed = budgets.change(
                workspaces.require(workspace),
                budget,
                seen,
                present -> patches.applied(body, present, NewBudget.class));
        return BudgetJson.of(changed, clock.instant());
    }

    /** Answers with the whole budget: what counts now is what its increases add up to. */
    @PostMapping("/{budget}/increase")
    ResponseEntity<BudgetJson> increase(
            @PathVariable String workspace, @PathVariable String budget, @RequestBody NewIncrease wanted) {
        Saved increased = budgets.increase(workspaces.require(workspace).id(), budget, wanted);
        return Answers.created(BudgetJson.of(increased, clock.instant()));
    }

    /** Adds what an alert offers; answers as an increase does. */
    @PostMapping("/offers")
    ResponseEntity<BudgetJson> take(@PathVariable String workspace, @RequestBody Taking wanted) {
        Saved increased = offers.take(workspaces.require(workspace).id(), wanted.token());
        return Answers.created(BudgetJson.of(increased, clock.instant()));
    }

    @DeleteMapping("/{budget}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @PathVariable String workspace,
            @PathVariable String budget,
            @RequestHeader(name = SeenVersion.HEADER, defaultValue = SeenVersion.EVERY) SeenVersion seen) {
        budgets.delete(workspaces.require(workspace).id(), budget, seen);
    }

    /** @param token as the alert has it */
    record Taking(@Nullable String token) {}

    record ScopeJson(
            String type,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String value) {}

    /** @param until when it ends */
    record IncreaseJson(long amountNanos, String amountUsd, Instant until) {}

    /**
     * @param amountNanos without increases
     * @param amountInForceNanos what counts now: the amount and the increases that have not ended
     * @param spentNanos as the other figures null for a budget with {@code per}, which has as many of them as there are
     *     values, and while the counters do not answer
     * @param forecastNanos what the window will have spent at its end, going on as so far; null besides while it has hardly
     *     begun
     * @param windowEnd null for a budget whose window never ends
     * @param version of what is set; in quotes it is what {@code If-Match} takes
     */
    record BudgetJson(
            String id,
            String name,
            ScopeJson scope,
            JsonNode per,
            long amountNanos,
            String amountUsd,
            List<IncreaseJson> increases,
            long amountInForceNanos,
            String amountInForceUsd,
            String period,
            String zone,
            String fiscalYearStart,
            boolean shutoff,
            String estimate,
            String onStoreFailure,
            JsonNode ladder,
            List<Integer> thresholds,
            @Nullable Long spentNanos,
            @Nullable String spentUsd,
            @Nullable Long heldNanos,
            @Nullable String heldUsd,
            @Nullable Long remainingNanos,
            @Nullable String remainingUsd,
            @Nullable Long forecastNanos,
            @Nullable String forecastUsd,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean figuresUnavailable,
            Instant windowStart,
            @Nullable Instant windowEnd,
            Instant createdAt,
            int version) {

        static BudgetJson of(Saved saved, Instant now) {
            Budget budget = saved.budget();
            BudgetWindow window = budget.windowAt(now);
            Level level = saved.level();
            Money spent = level == null ? null : level.spent();
            Money held = level == null ? null : level.held();
            Money remaining = level == null ? null : level.remaining();
            Money forecast = level == null
                    ? null
                    : BudgetForecast.atEnd(window, level.spent(), now.toEpochMilli())
                            .orElse(null);
            return new BudgetJson(
                    budget.id().toString(),
                    budget.name(),
                    new ScopeJson(
                            budget.scope().type().wireName(), budget.scope().value()),
                    LimitShapes.json(budget.per()),
                    budget.amount().nanos(),
                    budget.amount().usd(),
                    budget.increases().stream()
                            .map(increase -> new IncreaseJson(
                                    increase.amount().nanos(), increase.amount().usd(), increase.until()))
                            .toList(),
                    budget.at(now).amount().nanos(),
                    budget.at(now).amount().usd(),
                    budget.period().wireName(),
                    budget.zone().getId(),
                    budget.year().wireName(),
                    budget.shutoff(),
                    budget.estimate().wireName(),
                    budget.onStoreFailure().wireName(),
                    LadderShapes.json(budget.ladder()),
                    budget.ladder().alertPercents(),
                    nanos(spent),
                    usd(spent),
                    nanos(held),
                    usd(held),
                    nanos(remaining),
                    usd(remaining),
                    nanos(forecast),
                    usd(forecast),
                    level == null && !budget.countsApart(),
                    Instant.ofEpochMilli(window.startMillis()),
                    budget.period() == BudgetPeriod.TOTAL ? null : Instant.ofEpochMilli(window.endMillis()),
                    saved.createdAt(),
                    saved.version());
        }

        private static @Nullable Long nanos(@Nullable Money money) {
            return money == null ? null : money.nanos();
        }

        private static @Nullable String usd(@Nullable Money money) {
            return money == null ? null : money.usd();
        }
    }
}
