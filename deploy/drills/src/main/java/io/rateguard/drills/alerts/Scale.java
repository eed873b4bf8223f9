package io.rateguard.drills.alerts;

import java.time.Duration;

/**
 * How large a drill is.
 *
 * @param thresholds that each budget comes to, one after the other
 * @param every how long from one to the next
 * @param kills of alerts services meanwhile
 */
record Scale(int budgets, int thresholds, Duration every, int kills) {

    static final Scale FULL = new Scale(60, 9, Duration.ofSeconds(20), 4);

    /** From the first threshold to the last. */
    Duration whole() {
        return every.multipliedBy(thresholds);
    }

    int crossings() {
        return budgets * thresholds;
    }

    int tellings() {
        return crossings() * Medium.values().length;
    }
}
