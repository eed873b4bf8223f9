package io.rateguard.drills.store;

import io.rateguard.bed.Database;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.RequestEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What the events around one fault tell.
 *
 * @param events those of the time from a window before the fault until all was right again
 */
record Observed(List<RequestEvent> events) {

    /** Those between two instants of charging. */
    static Observed between(List<RequestEvent> all, long fromMillis, long toMillis) {
        return new Observed(all.stream()
                .filter(event -> event.times().chargedAtMillis() >= fromMillis
                        && event.times().chargedAtMillis() <= toMillis)
                .toList());
    }

    /** Calls that a failure policy decided. */
    long degraded() {
        return events.stream().filter(event -> event.verdict().degraded()).count();
    }

    /** Of a key, those that a failure policy decided. */
    long degraded(Database.Key key) {
        return events.stream()
                .filter(event -> isOf(key, event) && event.verdict().degraded())
                .count();
    }

    /** Of a key, those that a failure policy let pass. */
    long passedWithoutRedis(Database.Key key) {
        return events.stream()
                .filter(event -> isOf(key, event) && event.verdict().degraded() && isAllowed(event))
                .count();
    }

    /** The most that a key's calls passed within a window's length. */
    long mostWithin(Duration window, Database.Key key) {
        Deque<Long> within = new ArrayDeque<>();
        long most = 0;
        for (long now : events.stream()
                .filter(event -> isOf(key, event) && isAllowed(event))
                .mapToLong(event -> event.times().chargedAtMillis())
                .sorted()
                .toArray()) {
            while (!within.isEmpty() && within.getFirst() <= now - window.toMillis()) {
                within.removeFirst();
            }
            within.addLast(now);
            most = Math.max(most, within.size());
        }
        return most;
    }

    private static boolean isOf(Database.Key key, RequestEvent event) {
        return key.id().equals(event.caller().key());
    }

    private static boolean isAllowed(RequestEvent event) {
        return event.verdict().decision() == Decision.ALLOWED;
    }
}
