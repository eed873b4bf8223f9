package io.rateguard.console.budgets;

import io.rateguard.console.budgets.Budgets.Saved;
import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import io.rateguard.console.security.Access;
import io.rateguard.console.security.Action;
import io.rateguard.console.security.Tenancy;
import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.budget.Increase;
import io.rateguard.domain.budget.IncreaseOffer;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.secret.SecretBox;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** More money for budgets, as alerts offer it: to whoever may change budgets, once for each alert, for a while. */
@Service
public class IncreaseOffers {

    private final Access access;
    private final Tenancy tenancy;
    private final Budgets budgets;
    private final IncreaseRepository increases;
    private final SecretBox secrets;
    private final Clock clock;

    IncreaseOffers(
            Access access,
            Tenancy tenancy,
            Budgets budgets,
            IncreaseRepository increases,
            SecretBox secrets,
            Clock clock) {
        this.access = access;
        this.tenancy = tenancy;
        this.budgets = budgets;
        this.increases = increases;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** What a token offers; refuses what is none of this workspace. */
    public Offered read(WorkspaceId workspace, @Nullable String token) {
        access.require(workspace, Action.READ);
        IncreaseOffer offer = IncreaseOffer.opened(Fields.require("token", token), secrets, workspace)
                .orElseThrow(
                        () -> Problem.invalid("token: no offer (expected: one that an alert of this workspace has)"));
        Budget budget = budgets.definition(workspace, offer.budget().toString());
        return tenancy.in(workspace, () -> new Offered(offer, budget, objection(workspace, offer)));
    }

    /** Adds what a token offers. */
    public Saved take(WorkspaceId workspace, @Nullable String token) {
        access.require(workspace, Action.EDIT_BUDGETS);
        Offered offered = read(workspace, token);
        IncreaseOffer offer = offered.offer();
        offered.objection().ifPresent(objection -> {
            throw Problem.conflict("offer_gone", "token: " + objection.words());
        });
        String budget = offer.budget().toString();
        tenancy.in(
                workspace,
                () -> budgets.add(workspace, budget, new Increase(offer.amount(), offer.until()), offer.crossing()));
        return budgets.read(workspace, budget);
    }

    private Optional<Objection> objection(WorkspaceId workspace, IncreaseOffer offer) {
        UUID crossing = offer.crossing();
        return increases
                .findByWorkspaceIdAndCrossingId(workspace.value(), crossing)
                .<Objection>map(taken -> new Objection.Taken(taken.createdAt))
                .or(() -> clock.instant().isBefore(offer.expires())
                        ? Optional.empty()
                        : Optional.of(new Objection.Expired(offer.expires())));
    }

    /** What an alert offered. */
    public record Offered(IncreaseOffer offer, Budget budget, Optional<Objection> objection) {}

    /** Why what was offered cannot be taken any more. */
    public sealed interface Objection {

        /** As the management API says it. */
        String words();

        record Taken(Instant at) implements Objection {

            @Override
            public String words() {
                return "taken already, at " + at;
            }
        }

        record Expired(Instant at) implements Objection {

            @Override
            public String words() {
                return "expired at " + at;
            }
        }
    }
}
