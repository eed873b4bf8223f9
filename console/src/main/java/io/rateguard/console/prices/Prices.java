package io.rateguard.console.prices;

import io.rateguard.console.apis.Apis;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import io.rateguard.console.rest.RowIds;
import io.rateguard.console.rest.SeenVersion;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.id.PriceOverrideId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.Glob;
import io.rateguard.domain.price.CallPrice;
import io.rateguard.domain.price.CallPriceShapes;
import io.rateguard.domain.price.ModelPrice;
import io.rateguard.domain.price.OwnPrice;
import io.rateguard.domain.price.PriceOverride;
import io.rateguard.domain.price.PriceRow;
import io.rateguard.domain.price.PriceShapes;
import io.rateguard.domain.usage.UsageClass;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What can be done with the prices that a workspace sets itself. A price is made and deleted, never changed. */
@Service
public class Prices {

    /** The proxy keeps all of them in memory, and asks the patterns among them one by one. */
    private static final int MOST = 1_000;

    private static final List<UsageClass> TEXT = List.of(UsageClass.INPUT, UsageClass.OUTPUT);

    private final Access access;
    private final Tenancy tenancy;
    private final PriceRepository rows;
    private final Apis apis;

    Prices(Access access, Tenancy tenancy, PriceRepository rows, Apis apis) {
        this.access = access;
        this.tenancy = tenancy;
        this.rows = rows;
        this.apis = apis;
    }

    public Price create(WorkspaceId workspace, NewPrice wanted) {
        access.require(workspace, Action.EDIT_PRICES);
        OwnPrice own = wanted.call() == null ? ofModels(wanted) : ofCalls(wanted, wanted.call());
        PriceEntity row = row(workspace, own);
        return tenancy.in(workspace, () -> {
            if (own.api() != null) {
                apis.requireSlugs(workspace, "api", List.of(own.api()));
            }
            if (rows.count(workspace.value()) >= MOST) {
                throw Problem.invalid("prices: " + MOST + " in this workspace (expected: " + MOST
                        + " at most; delete one, or give several models one pattern)");
            }
            return price(rows.save(row));
        });
    }

    private static PriceOverride ofModels(NewPrice wanted) {
        if (!wanted.charge().isEmpty()) {
            throw Problem.invalid("call: missing (expected: the calls that perCall, perValue and max hold for)");
        }
        String model = Fields.requireName("model", wanted.model());
        JsonNode rates = Fields.require("rates", wanted.rates());
        JsonNode tiers = wanted.serviceTiers() == null ? MissingNode.getInstance() : wanted.serviceTiers();
        PriceOverride override = Problem.valid(() -> new PriceOverride(
                new PriceOverrideId(RowIds.next()),
                wanted.api(),
                Glob.ofName(model),
                PriceShapes.rates("rates", rates),
                PriceShapes.serviceTiers("serviceTiers", tiers),
                optional(wanted.maxOutputTokens())));
        TEXT.forEach(usageClass -> requireRate(override, usageClass));
        return override;
    }

    private static CallPrice ofCalls(NewPrice wanted, JsonNode call) {
        if (wanted.model() != null) {
            throw Problem.invalid("model: " + wanted.model() + " (expected: none beside call)");
        }
        if (wanted.rates() != null || wanted.serviceTiers() != null || wanted.maxOutputTokens() != null) {
            throw Problem.invalid("rates, serviceTiers, maxOutputTokens: given (expected: none beside call)");
        }
        String api = Fields.require("api", wanted.api());
        return Problem.valid(
                () -> CallPriceShapes.read(new PriceOverrideId(RowIds.next()), api, call, wanted.charge()));
    }

    private static PriceEntity row(WorkspaceId workspace, OwnPrice own) {
        PriceEntity row = new PriceEntity();
        row.id = own.id().value();
        row.workspaceId = workspace.value();
        row.api = own.api() == null ? "" : own.api();
        row.createdAt = RowIds.now();
        switch (own) {
            case PriceOverride price -> {
                row.model = price.model().text();
                row.rates = PriceShapes.rates(price.rates()).toString();
                row.serviceTiers =
                        PriceShapes.serviceTiers(price.serviceTiers()).toString();
                row.maxOutputTokens = price.maxOutputTokens().isPresent()
                        ? price.maxOutputTokens().getAsLong()
                        : null;
            }
            case CallPrice price -> {
                row.model = "";
                row.rates = "{}";
                row.serviceTiers = "{}";
                row.call = CallPriceShapes.call(price.call()).toString();
                row.charge = CallPriceShapes.charge(price).toString();
            }
        }
        return row;
    }

    public Page<Price> list(WorkspaceId workspace, PageRequest request) {
        access.require(workspace, Action.READ);
        return tenancy.in(
                workspace,
                () -> Page.of(
                        rows.page(workspace.value(), request.after(), request.fetch()),
                        request,
                        row -> row.id,
                        this::price));
    }

    public Price read(WorkspaceId workspace, String id) {
        access.require(workspace, Action.READ);
        return tenancy.in(workspace, () -> price(require(workspace, id)));
    }

    public void delete(WorkspaceId workspace, String id, SeenVersion seen) {
        access.require(workspace, Action.EDIT_PRICES);
        tenancy.in(workspace, () -> {
            PriceEntity row = require(workspace, id);
            seen.require(row.version);
            row.deletedAt = RowIds.now();
            return true;
        });
    }

    /** The price that an event names, deleted since or not; nothing where the name is not that of a workspace's own. */
    public Optional<ModelPrice> named(WorkspaceId workspace, @Nullable String priceVersion) {
        access.require(workspace, Action.READ);
        return Optional.ofNullable(priceVersion)
                .flatMap(OwnPrice::idOf)
                .flatMap(id -> tenancy.in(workspace, () -> rows.findEvenDeleted(workspace.value(), id.value())))
                .map(row -> own(row).price(OptionalLong.empty()));
    }

    /** What a price has no rate for, it cannot charge; so that nothing is free unless the price says so. */
    private static void requireRate(PriceOverride override, UsageClass usageClass) {
        if (!override.rates().containsKey(usageClass)) {
            throw Problem.invalid(
                    "rates." + usageClass.wireName() + ": missing (expected: a rate, \"0\" where it is free)");
        }
    }

    private PriceEntity require(WorkspaceId workspace, String id) {
        return rows.find(workspace.value(), Fields.pathId("price", id))
                .orElseThrow(() -> Problem.notFound("price: " + id + " (expected: the id of one in this workspace)"));
    }

    private Price price(PriceEntity row) {
        return new Price(own(row), row.createdAt, row.version == null ? 0 : row.version);
    }

    private static OwnPrice own(PriceEntity row) {
        return new PriceRow(
                        row.id,
                        row.api,
                        row.model,
                        row.rates,
                        row.serviceTiers,
                        row.maxOutputTokens == null ? 0 : row.maxOutputTokens,
                        row.call,
                        row.charge)
                .price();
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** A price and its row. */
    public record Price(OwnPrice own, Instant createdAt, int version) {}
}
