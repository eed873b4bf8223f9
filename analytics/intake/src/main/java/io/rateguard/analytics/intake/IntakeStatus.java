package io.rateguard.analytics.intake;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the intake is doing: for health, metrics, and one log line per change. */
final class IntakeStatus {

    private static final Logger LOG = LoggerFactory.getLogger(IntakeStatus.class);

    private final AtomicLong events = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong unreadable = new AtomicLong();
    private final AtomicLong blocks = new AtomicLong();
    private volatile boolean consuming;
    private volatile @Nullable String trouble;

    void consumes(boolean isConsuming) {
        consuming = isConsuming;
    }

    void fails(Throwable failure) {
        String message = failure.getMessage();
        String what = message == null ? failure.toString() : message;
        if (trouble == null) {
            LOG.warn("intake waits: {}", what);
        }
        trouble = what;
    }

    void works() {
        if (trouble != null) {
            LOG.info("intake goes on");
            trouble = null;
        }
    }

    void tookIn(EventBlock block) {
        blocks.incrementAndGet();
        events.addAndGet(block.rowCount());
        duplicates.addAndGet(block.duplicates());
        unreadable.addAndGet(block.unreadable().size());
    }

    /** Null when ready, otherwise why not. */
    @Nullable
    String notReadyBecause() {
        String now = trouble;
        if (now != null) {
            return now;
        }
        return consuming ? null : "starting";
    }

    String metrics() {
        return counter("events", "Events inserted into ClickHouse.", events)
                + counter("duplicates", "Events dropped because their journal had sent them before.", duplicates)
                + counter("unreadable", "Messages sent to the dead letters.", unreadable)
                + counter("blocks", "Blocks committed.", blocks)
                + "# HELP rateguard_intake_ready Whether events are taken in.\n"
                + "# TYPE rateguard_intake_ready gauge\n"
                + "rateguard_intake_ready " + (notReadyBecause() == null ? 1 : 0) + "\n";
    }

    private static String counter(String name, String help, AtomicLong value) {
        String full = "rateguard_intake_" + name + "_total";
        return "# HELP %s %s\n# TYPE %s counter\n%s %s\n".formatted(full, help, full, full, value.get());
    }
}
