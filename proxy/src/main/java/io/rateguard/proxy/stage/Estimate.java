package io.rateguard.proxy.stage;

import io.rateguard.domain.money.Money;
import io.rateguard.domain.price.CallPrice;
import io.rateguard.domain.price.CeilingPrice;
import io.rateguard.domain.price.JsonPointer;
import io.rateguard.domain.price.ModelPrice;
import io.rateguard.domain.usage.Usage;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request will use and cost, before the provider has said so.
 *
 * @param metered whether the provider's report decides what it costs
 * @param price the price of its model, or a ceiling in its place; none where nothing is charged, or where no price is known
 * @param unpriced whether it is let through although its price, or the rate for its input or output, is not known
 * @param likely the use that limits reserve, and that is recorded when the provider reports nothing
 * @param likelyCost what that costs; charged when the provider reports nothing, unless the hold is a bound
 * @param hold what its budgets hold
 * @param bounded whether the hold is the most it can cost
 * @param calls the prices of a call that may hold for it, the first that covers its reply's status counting; none where a
 *     model decides
 * @param served the price by the model that the reply names; none where the model asked for decides
 */
public record Estimate(
        boolean metered,
        @Nullable ModelPrice price,
        boolean unpriced,
        Usage likely,
        Money likelyCost,
        Money hold,
        boolean bounded,
        List<CallPrice> calls,
        @Nullable Served served) {

    private static final int ERRORS_FROM = 400;

    public Estimate {
        calls = List.copyOf(calls);
    }

    /** Finds the price of the model that a reply names. */
    public interface Served {
        Optional<ModelPrice> price(String model);
    }

    public Estimate(
            boolean metered,
            @Nullable ModelPrice price,
            boolean unpriced,
            Usage likely,
            Money likelyCost,
            Money hold,
            boolean bounded) {
        this(metered, price, unpriced, likely, likelyCost, hold, bounded, List.of(), null);
    }

    /** Costs nothing, whatever it does. */
    public static final Estimate FREE = new Estimate(false, null, false, Usage.NONE, Money.ZERO, Money.ZERO, true);

    /** Let through although nobody knows what it costs. */
    public static final Estimate UNPRICED = new Estimate(false, null, true, Usage.NONE, Money.ZERO, Money.ZERO, false);

    /** By what such calls cost at most, the dearest of their prices; by the fee where there is no most. */
    public static Estimate ofCalls(List<CallPrice> calls) {
        CallPrice dearest = Collections.max(calls, Comparator.comparing(Estimate::hold));
        return of(dearest, calls.stream().allMatch(call -> call.ceiling().isPresent()), calls);
    }

    /**
     * What is left to find out once the reply has a status.
     *
     * @param otherwise for a call that has prices, and none for this status
     */
    public Estimate answered(int status, Estimate otherwise) {
        if (calls.isEmpty()) {
            return status >= ERRORS_FROM ? unbilled() : this;
        }
        return calls.stream()
                .filter(call -> call.call().covers(status))
                .findFirst()
                .map(call -> of(call, call.ceiling().isPresent(), List.of(call)))
                .orElse(status >= ERRORS_FROM ? unbilled() : otherwise);
    }

    /** The same, where only the reply says what model it is priced as. */
    public Estimate pricedOnceServed(Served by) {
        return new Estimate(metered, price, unpriced, likely, likelyCost, hold, bounded, calls, by);
    }

    /** What is known once the reply has named its model. */
    public Estimate servedBy(@Nullable String model) {
        Served by = served;
        return by == null || model == null
                ? this
                : by.price(model).map(this::at).orElse(this);
    }

    /** The number in the reply that it costs by. */
    public Optional<JsonPointer> value() {
        return calls.stream()
                .flatMap(call -> call.perValue().stream())
                .map(CallPrice.PerValue::pointer)
                .findFirst();
    }

    /** Whether it is charged at a ceiling, for want of a price. */
    public boolean atCeiling() {
        return price != null && CeilingPrice.named(price.version()).isPresent();
    }

    /** Whether no more than its fee is known unless the reply says so. */
    public boolean growsUnseen() {
        return !calls.isEmpty() && !bounded;
    }

    private Estimate at(ModelPrice found) {
        Money cost = found.cost(likely).orElse(likelyCost);
        return new Estimate(metered, found, false, likely, cost, hold, bounded, calls, null);
    }

    private Estimate unbilled() {
        return new Estimate(false, price, unpriced, Usage.NONE, Money.ZERO, Money.ZERO, true);
    }

    private static Estimate of(CallPrice call, boolean bounded, List<CallPrice> calls) {
        Money hold = hold(call);
        return new Estimate(true, call.price(), false, CallPrice.ONE, hold, hold, bounded, calls, null);
    }

    private static Money hold(CallPrice call) {
        return call.ceiling().orElseGet(call::fee);
    }
}
