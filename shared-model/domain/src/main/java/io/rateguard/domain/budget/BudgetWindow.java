package io.rateguard.domain.budget;

import io.rateguard.domain.limit.Partition;
import io.rateguard.domain.limit.RequestFacts;
import java.util.List;

/**
 * One run of a budget's period, and of a budget that counts apart one of the counters in it. Its name is part of the
 * counter's key: {@code 2026-11}, or {@code 2026-11/4.acme} for what the customer {@code acme} spends; the end is
 * exclusive.
 */
public record BudgetWindow(String name, long startMillis, long endMillis) {

    /** The end of a window that never ends: the year 9999. */
    public static final long NEVER_ENDS = 253_402_300_799_000L;

    private static final char APART = '/';

    /** Names stand in keys, rows and messages: what would be longer, or would not print, is known by its digest. */
    private static final int LONGEST_APART_CHARS = 200;

    public boolean holds(long instantMillis) {
        return instantMillis >= startMillis && instantMillis < endMillis;
    }

    /** When the budget starts anew, in milliseconds; 0: never. */
    public long resetMillis() {
        return endMillis < NEVER_ENDS ? endMillis : 0;
    }

    /** The counter in this run that a request falls under. */
    BudgetWindow apart(List<Partition> per, RequestFacts facts) {
        if (per.isEmpty()) {
            return this;
        }
        String counter = Partition.of(per, facts);
        boolean readable =
                counter.length() <= LONGEST_APART_CHARS && counter.chars().allMatch(BudgetWindow::prints);
        return new BudgetWindow(
                name + APART + (readable ? counter : Partition.digest(counter)), startMillis, endMillis);
    }

    /** The name of the run of the period: {@code 2026-11}. */
    public String run() {
        int apart = name.indexOf(APART);
        return apart < 0 ? name : name.substring(0, apart);
    }

    /** What stands behind the run in the name; empty where nothing is counted apart. */
    public String counter() {
        return name.substring(Math.min(run().length() + 1, name.length()));
    }

    /** The values that are counted apart here, in the order of the budget's {@code per}; none where only a digest is known. */
    public List<String> values() {
        return Partition.valuesOf(counter());
    }

    /** Half a character would be another one, or none, after its way through a database. */
    private static boolean prints(int c) {
        return !Character.isISOControl(c) && !Character.isSurrogate((char) c);
    }
}
