package io.rateguard.counters;

import io.rateguard.domain.budget.BudgetWindow;
import io.rateguard.domain.budget.Throttle;
import io.rateguard.domain.id.BudgetId;
import io.rateguard.domain.id.RequestId;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.domain.limit.Concurrency;
import io.rateguard.domain.limit.Limit;
import io.rateguard.domain.limit.LimitRule;
import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.SlidingWindow;
import io.rateguard.domain.limit.TokenBucket;

/** The names of a workspace's keys; the braces make all of them live in one slot of a cluster. */
record Keys(WorkspaceId workspace) {

    private static final int LONGEST_PLAIN_PARTITION = 64;

    String request(RequestId request) {
        return "rl:req:{" + workspace + "}:" + request;
    }

    String epoch() {
        return "rl:epoch:{" + workspace + "}";
    }

    String limit(LimitRule rule, String partition) {
        return "rl:" + kind(rule.limit()) + ":{" + workspace + "}:" + rule.id() + ":" + plain(partition);
    }

    /** The short name of a limit's kind, in keys and for the scripts. */
    static String kind(Limit limit) {
        return switch (limit) {
            case TokenBucket _ -> "tb";
            case SlidingWindow window -> window.isLogged() ? "sl" : "sw";
            case Concurrency _ -> "cc";
        };
    }

    /** The bucket that a throttle brings, one for each counter of its budget. */
    String throttle(BudgetClaim budget, Throttle throttle) {
        String counter = budget.window().counter();
        return "rl:tb:{" + workspace + "}:" + budget.budget().id() + ":" + throttle.percent() + ":"
                + (counter.isEmpty() ? "-" : plain(counter));
    }

    String budget(BudgetId budget, BudgetWindow window) {
        return "budget:{" + workspace + "}:" + budget + ":" + window.run()
                + (window.counter().isEmpty() ? "" : "/" + plain(window.counter()));
    }

    static String holds(String budgetKey) {
        return budgetKey + ":holds";
    }

    static String lapsed(String budgetKey) {
        return budgetKey + ":lapsed";
    }

    private static String plain(String partition) {
        return isPlain(partition) ? partition : Partition.digest(partition);
    }

    private static boolean isPlain(String partition) {
        if (partition.length() > LONGEST_PLAIN_PARTITION) {
            return false;
        }
        for (int i = 0; i < partition.length(); i++) {
            char c = partition.charAt(i);
            boolean letterOrDigit = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            if (!letterOrDigit && "-_.:/@".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
