package io.rateguard.proxy.admission;

import io.rateguard.domain.budget.Budget;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.limit.RequestFacts;
import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.CallPrice;
import io.rateguard.domain.price.CeilingPrice;
import io.rateguard.domain.price.ModelPrice;
import io.rateguard.domain.price.PriceCatalogue;
import io.rateguard.domain.price.UnpricedPolicy;
import io.rateguard.domain.price.WorkspacePrices;
import io.rateguard.domain.usage.Usage;
import io.rateguard.domain.usage.UsageClass;
import io.rateguard.proxy.dialect.Ask;
import io.rateguard.proxy.dialect.ErrorCategory;
import io.rateguard.proxy.local.LearnedOutputs;
import io.rateguard.proxy.policy.WorkspacePolicy;
import io.rateguard.proxy.stage.Estimate;
import io.rateguard.proxy.stage.Refusal;
import io.rateguard.proxy.stage.Refused;
import io.rateguard.proxy.stage.Routed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what a metered request may cost, and refuses what a strict budget cannot bound. */
public final class Estimator {

    /** The output assumed of a request that names no limit, as long as nothing has been learned of its like. */
    private static final long LIKELY_OUTPUT_TOKENS = 1_024;

    /** More than any model can answer, and little enough to be added up. */
    private static final long MOST_LIKELY_TOKENS = 1L << 40;

    private static final String TOO_LARGE = "its output limit is larger than any sum of money";

    private final PriceCatalogue catalogue;
    private final LearnedOutputs learned;

    public Estimator(PriceCatalogue catalogue, LearnedOutputs learned) {
        this.catalogue = catalogue;
        this.learned = learned;
    }

    /** @throws Refused when the request has no price or no bound and the policy asks for one */
    public Estimate estimate(Routed routed, RequestFacts facts, Ask ask) {
        Estimate estimate = byName(routed, facts, ask);
        return routed.api().profile().namesModelsFreely()
                ? estimate.pricedOnceServed(served -> price(routed, ask, served))
                : estimate;
    }

    private Estimate byName(Routed routed, RequestFacts facts, Ask ask) {
        List<Budget> strict = strict(routed, facts).toList();
        Optional<ModelPrice> price = price(routed, ask, null);
        return price.flatMap(known -> at(known, false, routed, ask, strict))
                .orElseGet(() -> unpriced(routed, ask, price, strict));
    }

    /** Nothing where the price has no rate for the input or the output. */
    private Optional<Estimate> at(ModelPrice price, boolean unpriced, Routed routed, Ask ask, List<Budget> strict) {
        Usage likely = price.billed(likely(routed, ask, Optional.of(price)));
        return likelyCost(price, likely).map(cost -> {
            Money hold = strict.isEmpty() ? cost : ceiling(routed, ask, price, strict.getFirst());
            return new Estimate(true, price, unpriced, likely, cost, hold, !strict.isEmpty());
        });
    }

    private Estimate unpriced(Routed routed, Ask ask, Optional<ModelPrice> price, List<Budget> strict) {
        UnpricedPolicy policy = routed.identified().policy().unpriced();
        CeilingPrice ceiling = policy.ceiling();
        if (ceiling != null) {
            OptionalLong most = price.map(ModelPrice::maxOutputTokens).orElse(OptionalLong.empty());
            return at(ceiling.price(most), true, routed, ask, strict).orElseThrow();
        }
        if (policy.blocks(!strict.isEmpty())) {
            throw refuse(
                    routed,
                    Decision.UNPRICED,
                    "model_unpriced",
                    "RateGuard knows no price for "
                            + (price.isPresent() ? "the input or the output of " : "")
                            + "the model \"" + ask.model()
                            + "\", and this workspace does not let such requests through.");
        }
        return new Estimate(true, price.orElse(null), true, likely(routed, ask, price), Money.ZERO, Money.ZERO, false);
    }

    /**
     * Of a call that no model decides the cost of.
     *
     * @param otherwise where the workspace has no price for it
     * @throws Refused when a strict budget covers it and its price has no bound
     */
    public Estimate estimate(Routed routed, RequestFacts facts, Estimate otherwise) {
        List<CallPrice> calls = routed.identified().policy().prices().calls(facts.api(), facts.method(), facts.path());
        if (calls.isEmpty()) {
            return otherwise;
        }
        Estimate estimate = Estimate.ofCalls(calls);
        if (!estimate.bounded()) {
            strict(routed, facts).findFirst().ifPresent(budget -> {
                throw unbounded(routed, budget, "its price goes by what is replied, and names no max");
            });
        }
        return estimate;
    }

    private static Stream<Budget> strict(Routed routed, RequestFacts facts) {
        return routed.identified().policy().budgetsFor(facts).stream()
                .filter(budget -> budget.shutoff() && budget.estimate() == Budget.Estimate.STRICT);
    }

    private Optional<ModelPrice> price(Routed routed, Ask ask, @Nullable String served) {
        if (ask.model() == null) {
            return Optional.empty();
        }
        WorkspacePolicy policy = routed.identified().policy();
        return new WorkspacePrices(policy.prices(), policy.catalogue().orElse(catalogue))
                .find(
                        routed.api().slug(),
                        routed.api().profile(),
                        ask.model(),
                        served,
                        Instant.ofEpochMilli(routed.arrival().arrivedAtMillis()));
    }

    private Usage likely(Routed routed, Ask ask, Optional<ModelPrice> price) {
        return Usage.builder()
                .set(UsageClass.INPUT, ask.inputTokensEstimate())
                .set(UsageClass.OUTPUT, likelyOutput(routed, ask, price))
                .build();
    }

    /** What such requests have used lately, as far as the request allows it and its model can answer it. */
    private long likelyOutput(Routed routed, Ask ask, Optional<ModelPrice> price) {
        OptionalLong usual = learned.usual(routed.identified().key().line(), ask.model());
        OptionalLong each = price.map(ModelPrice::maxOutputTokens).orElse(OptionalLong.empty());
        long most = Math.min(each.orElse(MOST_LIKELY_TOKENS), MOST_LIKELY_TOKENS / ask.n()) * ask.n();
        if (ask.outputLimit().isEmpty()) {
            return Math.min(usual.orElse(LIKELY_OUTPUT_TOKENS * ask.n()), most);
        }
        long allowed = Math.min(ask.outputLimit().getAsLong(), most);
        return Math.min(usual.orElse(allowed), allowed);
    }

    /** Nothing where the price has no rate for the input or the output. */
    private static Optional<Money> likelyCost(ModelPrice price, Usage likely) {
        Money most = Money.ofNanos(Money.MAX_COUNTED_NANOS);
        try {
            return price.cost(likely).map(cost -> cost.compareTo(most) > 0 ? most : cost);
        } catch (ArithmeticException tooLarge) {
            return Optional.of(most);
        }
    }

    private static Money ceiling(Routed routed, Ask ask, ModelPrice price, Budget budget) {
        if (ask.unbounded().isPresent()) {
            throw unbounded(routed, budget, ask.unbounded().get());
        }
        if (!price.knows(ask.serviceTier())) {
            throw unbounded(routed, budget, "no rates are known for the service tier \"" + ask.serviceTier() + "\"");
        }
        OptionalLong each = price.maxOutputTokens().isPresent()
                ? price.maxOutputTokens()
                : routed.identified().policy().outputCapTokens();
        if (ask.outputLimit().isEmpty() && each.isEmpty()) {
            throw unbounded(routed, budget, "the request names no output limit, and none is known for its model");
        }
        try {
            long output = ask.outputLimit().isPresent()
                    ? ask.outputLimit().getAsLong()
                    : Math.multiplyExact(each.getAsLong(), (long) ask.n());
            Money ceiling = price.ceiling(ask.inputTokensAtMost(), output);
            if (ceiling.nanos() <= Money.MAX_COUNTED_NANOS) {
                return ceiling;
            }
            throw unbounded(routed, budget, TOO_LARGE);
        } catch (ArithmeticException tooLarge) {
            throw unbounded(routed, budget, TOO_LARGE);
        }
    }

    private static Refused unbounded(Routed routed, Budget budget, String why) {
        return refuse(
                routed,
                Decision.OVER_BUDGET,
                "cost_unbounded",
                "The budget \"" + budget.name() + "\" is strict and this request's cost has no upper bound: " + why
                        + ".");
    }

    private static Refused refuse(Routed routed, Decision decision, String code, String message) {
        return new Refused(routed, Refusal.of(decision, 402, ErrorCategory.BUDGET, code, message));
    }
}
