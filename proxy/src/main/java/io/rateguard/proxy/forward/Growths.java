package io.rateguard.proxy.forward;

import io.rateguard.counters.Claim;
import io.rateguard.counters.Counters;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the store what calls under way have to hold more. */
public final class Growths {

    private static final Logger log = LoggerFactory.getLogger(Growths.class);

    private final Counters counters;
    private final AtomicLong grown = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    public Growths(Counters counters) {
        this.counters = counters;
    }

    /** @param missed run, on any thread, when the store did not answer */
    void grow(Claim claim, Runnable missed) {
        var _ = counters.grow(claim).whenComplete((holding, failure) -> {
            if (failure == null) {
                grown.incrementAndGet();
            } else {
                failed.incrementAndGet();
                missed.run();
                log.debug("{}: its hold did not grow: {}", claim.request(), failure.getMessage());
            }
        });
    }

    /** How often a call's hold has grown. */
    public long grown() {
        return grown.get();
    }

    /** How often it should have and the store did not answer. */
    public long failed() {
        return failed.get();
    }
}
