package io.rateguard.console.budgets;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rateguard.console.workspaces.Workspaces;
import io.rateguard.counters.Hold;
import io.rateguard.domain.id.ApiKeyId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How one budget stands, in detail. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/budgets/{budget}")
class BudgetDetailsController {

    private final Workspaces workspaces;
    private final BudgetDetails details;

    BudgetDetailsController(Workspaces workspaces, BudgetDetails details) {
        this.workspaces = workspaces;
        this.details = details;
    }

    /** What it holds now for requests under way, the largest first; up to 1,000 of them are read. */
    @GetMapping("/holds")
    HoldsJson holds(@PathVariable String workspace, @PathVariable String budget) {
        return HoldsJson.of(details.holds(id(workspace), budget));
    }

    /** What was spent of its present window over time, beside spending it evenly. */
    @GetMapping("/burndown")
    BurndownJson burndown(@PathVariable String workspace, @PathVariable String budget) {
        return BurndownJson.of(details.burndown(id(workspace), budget));
    }

    private WorkspaceId id(String workspace) {
        return workspaces.require(workspace).id();
    }

    /** @param complete false: there are more holds than were read; {@code keys} sums up those that were */
    record HoldsJson(long heldNanos, String heldUsd, boolean complete, List<HolderJson> keys, List<HoldJson> items) {

        static HoldsJson of(BudgetHolds it) {
            return new HoldsJson(
                    it.held().nanos(),
                    it.held().usd(),
                    it.isWhole(),
                    it.holders().stream()
                            .map(holder -> new HolderJson(
                                    holder.key().map(ApiKeyId::toString).orElse(null),
                                    holder.requests(),
                                    holder.held().nanos(),
                                    holder.held().usd()))
                            .toList(),
                    it.holds().stream().map(HoldJson::of).toList());
        }
    }

    /** @param key the first of its line; null: it is not known whose the requests are */
    record HolderJson(@Nullable String key, int requests, long heldNanos, String heldUsd) {}

    /** @param lapsesAt when it becomes a charge, unless its proxy renews it */
    record HoldJson(
            String requestId,
            @Nullable String key,
            long heldNanos,
            String heldUsd,
            @Nullable Instant since,
            Instant lapsesAt) {

        static HoldJson of(Hold hold) {
            return new HoldJson(
                    hold.request().value(),
                    Optional.ofNullable(hold.key()).map(ApiKeyId::toString).orElse(null),
                    hold.amount().nanos(),
                    hold.amount().usd(),
                    hold.since(),
                    hold.lapsesAt());
        }
    }

    /**
     * @param amountInForceNanos with the increases that have not ended
     * @param windowEnd null for a budget whose window never ends
     * @param knownFrom from when on the history still has single requests; what was spent before is in the first item
     * @param forecastNanos at the window's end, going on as so far; null while it has hardly begun
     * @param figuresUnavailable the counters do not answer: the last item is what the history knows
     */
    record BurndownJson(
            long amountInForceNanos,
            String amountInForceUsd,
            Instant from,
            @Nullable Instant windowEnd,
            Instant knownFrom,
            @Nullable Long forecastNanos,
            @Nullable String forecastUsd,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean figuresUnavailable,
            List<PointJson> items) {

        static BurndownJson of(Burndown it) {
            Optional<Money> forecast = it.atEnd();
            return new BurndownJson(
                    it.budget().amount().nanos(),
                    it.budget().amount().usd(),
                    it.from(),
                    it.end(),
                    it.knownFrom(),
                    forecast.map(Money::nanos).orElse(null),
                    forecast.map(Money::usd).orElse(null),
                    !it.isLive(),
                    it.points().stream()
                            .map(point -> PointJson.of(point, it.even(point.at())))
                            .toList());
        }
    }

    /** @param evenNanos what would be spent by then, were it spent evenly; null where the window never ends */
    record PointJson(
            Instant time,
            long spentNanos,
            String spentUsd,
            @Nullable Long evenNanos,
            @Nullable String evenUsd) {

        static PointJson of(Burndown.Point point, Optional<Money> even) {
            return new PointJson(
                    point.at(),
                    point.spent().nanos(),
                    point.spent().usd(),
                    even.map(Money::nanos).orElse(null),
                    even.map(Money::usd).orElse(null));
        }
    }
}
