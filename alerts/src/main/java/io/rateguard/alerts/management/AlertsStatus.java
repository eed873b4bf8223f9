package io.rateguard.alerts.management;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How each part of the service is doing: for health, metrics, and one log line per change. */
public final class AlertsStatus {

    private static final Logger log = LoggerFactory.getLogger(AlertsStatus.class);

    /** Budget alerts go out without them. */
    private static final Set<String> ASIDE = Set.of("rebuild", "compare", "timed rules", "corrections", "retention");

    private static final String STARTING = "starting";
    private static final String WORKS = "";

    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong judged = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();
    private final AtomicLong givenUp = new AtomicLong();
    private final AtomicLong reconciled = new AtomicLong();
    private volatile int rebuilding;
    private volatile long rebuilt;

    /** @param parts those that must work for the service to be ready */
    public AlertsStatus(String... parts) {
        for (String part : parts) {
            troubles.put(part, STARTING);
        }
    }

    public void works(String part) {
        String before = troubles.put(part, WORKS);
        if (before != null && !before.equals(WORKS) && !before.equals(STARTING)) {
            log.info("{} goes on", part);
        }
    }

    public void fails(String part, Throwable failure) {
        String message = failure.getMessage();
        String what = message == null
                ? failure.toString()
                : message.lines().findFirst().orElse(message);
        String before = troubles.put(part, what);
        if (before == null || before.equals(WORKS) || before.equals(STARTING)) {
            log.warn("{} waits: {}", part, what);
        }
    }

    /**
     * Does a part's work once and notes how that went. What it throws ends this time alone: what is scheduled and throws
     * is never run again.
     */
    public void attempt(String part, Runnable work) {
        try {
            work.run();
            works(part);
        } catch (RuntimeException | Error failure) {
            fails(part, failure);
        }
    }

    public void told(int crossings) {
        told.addAndGet(crossings);
    }

    public void found(int crossings) {
        found.addAndGet(crossings);
    }

    /** @param changes incidents that began or ended */
    public void judged(int changes) {
        judged.addAndGet(changes);
    }

    public void delivered() {
        delivered.incrementAndGet();
    }

    public void retried() {
        retried.incrementAndGet();
    }

    public void gaveUp() {
        givenUp.incrementAndGet();
    }

    /**
     * @param open workspaces whose budgets are to be rebuilt
     * @param done how many rebuilds were led to their end
     */
    public void rebuilding(int open, long done) {
        rebuilding = open;
        rebuilt = done;
    }

    /** @param nanos what counters were given that they had missed */
    public void reconciled(long nanos) {
        reconciled.addAndGet(nanos);
    }

    /** Empty when ready, otherwise why not. */
    String notReadyBecause() {
        return new TreeMap<>(troubles)
                .entrySet().stream()
                        .filter(each -> !each.getValue().equals(WORKS) && !ASIDE.contains(each.getKey()))
                        .map(each -> each.getKey() + ": " + each.getValue())
                        .collect(Collectors.joining("; "));
    }

    String metrics() {
        return counter("crossings_told", "Crossings recorded that settlements told of.", told)
                + counter("crossings_found", "Crossings recorded that only a look at the counters found.", found)
                + counter("incidents", "Incidents of timed rules that began or ended.", judged)
                + counter("delivered", "Deliveries handed over.", delivered)
                + counter("attempts_failed", "Attempts to deliver that failed.", retried)
                + counter("given_up", "Deliveries given up.", givenUp)
                + counter("reconciled_nanos", "Nano-dollars that counters had missed and were given.", reconciled)
                + gauge("rebuilding", "Workspaces whose budgets are to be counted anew.", rebuilding)
                + gauge("rebuilt", "Workspaces whose budgets were counted anew, since the start.", rebuilt)
                + "# HELP rateguard_alerts_ready Whether every part works.\n"
                + "# TYPE rateguard_alerts_ready gauge\n"
                + "rateguard_alerts_ready " + (notReadyBecause().isEmpty() ? 1 : 0) + "\n";
    }

    private static String gauge(String name, String help, long value) {
        String full = "rateguard_alerts_" + name;
        return "# HELP %s %s\n# TYPE %s gauge\n%s %s\n".formatted(full, help, full, full, value);
    }

    private static String counter(String name, String help, AtomicLong value) {
        String full = "rateguard_alerts_" + name + "_total";
        return "# HELP %s %s\n# TYPE %s counter\n%s %s\n".formatted(full, help, full, full, value.get());
    }
}
