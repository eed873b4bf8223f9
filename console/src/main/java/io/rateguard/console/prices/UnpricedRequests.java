package io.rateguard.console.prices;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.price.CeilingPrice;
import io.rateguard.domain.price.UnpricedPolicy;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** What a workspace decides of requests whose price, or whose largest output, nobody knows. */
@Service
public class UnpricedRequests {

    private final Access access;
    private final Tenancy tenancy;
    private final UnpricedRepository rows;

    UnpricedRequests(Access access, Tenancy tenancy, UnpricedRepository rows) {
        this.access = access;
        this.tenancy = tenancy;
        this.rows = rows;
    }

    /** @param outputCapTokens the output assumed of a request that names no limit, and whose model has none known */
    public record Decided(UnpricedPolicy policy, @Nullable Long outputCapTokens) {}

    /** The same as a client describes it; it takes the place of all that was decided. */
    public record NewDecision(
            @Nullable String unpriced,
            @Nullable JsonNode ceiling,
            @Nullable Long outputCapTokens) {}

    public Decided read(WorkspaceId workspace) {
        access.require(workspace, Action.READ);
        return with(workspace, UnpricedRequests::decided);
    }

    /** Proxies go by it within a second. */
    public Decided decide(WorkspaceId workspace, NewDecision wanted) {
        access.require(workspace, Action.EDIT_PRICES);
        UnpricedPolicy policy = Problem.valid(() -> new UnpricedPolicy(
                UnpricedPolicy.Choice.ofWireName("unpriced", wanted.unpriced()), ceiling(wanted.ceiling())));
        Long cap = wanted.outputCapTokens();
        if (cap != null && cap < 1) {
            throw Problem.invalid("outputCapTokens: " + cap + " (expected: a whole number above 0)");
        }
        return with(workspace, row -> {
            row.unpriced = policy.choice().wireName();
            row.ceiling =
                    policy.ceiling() == null ? null : policy.ceiling().toJson().toString();
            row.outputCapTokens = cap;
            return decided(row);
        });
    }

    private static @Nullable CeilingPrice ceiling(@Nullable JsonNode wanted) {
        return wanted == null || wanted.isNull() ? null : CeilingPrice.read("ceiling", wanted);
    }

    private static Decided decided(UnpricedEntity row) {
        return new Decided(UnpricedPolicy.read(row.unpriced, row.ceiling), row.outputCapTokens);
    }

    private <T> T with(WorkspaceId workspace, Function<UnpricedEntity, T> work) {
        return tenancy.in(
                workspace,
                () -> rows.findByIdAndDeletedAtIsNull(workspace.value())
                        .map(work)
                        .orElseThrow(() -> Problem.notFound("workspace: not found")));
    }
}
