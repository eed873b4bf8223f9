package io.rateguard.counters;

import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.budget.Throttling;
import io.rateguard.domain.limit.Concurrency;
import io.rateguard.domain.limit.Limit;
import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.domain.limit.TokenBucket;
import java.util.ArrayList;
import java.util.List;

/** A script with its keys and arguments, in the order that its header states. */
final class ScriptCall {

    private final Script script;
    private final List<Object> keys = new ArrayList<>();
    private final List<Object> arguments = new ArrayList<>();

    ScriptCall(Script script) {
        this.script = script;
    }

    Script script() {
        return script;
    }

    List<Object> keys() {
        return keys;
    }

    List<Object> arguments() {
        return arguments;
    }

    ScriptCall key(String key) {
        keys.add(key);
        return this;
    }

    ScriptCall argument(String argument) {
        arguments.add(argument);
        return this;
    }

    ScriptCall argument(long argument) {
        return argument(Long.toString(argument));
    }

    ScriptCall limit(String key, Limit limit, long amount) {
        key(key).argument(Keys.kind(limit));
        switch (limit) {
            case TokenBucket bucket ->
                argument(bucket.capacity())
                        .argument(bucket.refill())
                        .argument(bucket.periodTicks())
                        .argument(bucket.tickMillis());
            case SlidingWindow log
            when log.isLogged() -> argument(log.max()).argument(log.window().toMillis());
            case SlidingWindow window ->
                argument(window.max()).argument(window.windowTicks()).argument(window.tickMillis());
            case Concurrency concurrency -> argument(concurrency.max()).argument(Concurrency.LOOK_AGAIN_MILLIS);
        }
        return argument(amount);
    }

    ScriptCall budget(String key, BudgetWindow window, long amount) {
        return budgetKeys(key).argument("budget").argument(amount).expiry(window);
    }

    /** How many, and for each what must be spent or held for it and the share of limits that it leaves. */
    ScriptCall throttlings(List<Throttling> throttlings) {
        argument(throttlings.size());
        for (Throttling throttling : throttlings) {
            argument(throttling.at().nanos()).argument(throttling.toPercent());
        }
        return this;
    }

    ScriptCall budgetKeys(String key) {
        return key(key).key(Keys.holds(key)).key(Keys.lapsed(key));
    }

    ScriptCall expiry(BudgetWindow window) {
        boolean endless = window.endMillis() >= BudgetWindow.NEVER_ENDS;
        return argument(endless ? 0 : window.endMillis() + BudgetWindowRef.KEPT_AFTER_WINDOW_MILLIS);
    }
}
