package io.rateguard.proxy.forward;

import io.rateguard.counters.Counters;
import io.rateguard.proxy.journal.Journals;
import io.rateguard.proxy.loops.Loops;
import io.rateguard.proxy.policy.KnownApi;
import io.rateguard.proxy.stage.Admitted;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Runs admitted requests against their upstreams. */
public final class Exchanges {

    private final ForwardSettings settings;
    private final Upstreams upstreams;
    private final Loops loops;
    private final Journals journals;
    private final Settlements settlements;
    private final Growths growths;
    private final LongSupplier nowMillis;
    private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger drains = new AtomicInteger();
    private final List<OwnCharges> charges;

    public Exchanges(
            ForwardSettings settings,
            Upstreams upstreams,
            Loops loops,
            Journals journals,
            Settlements settlements,
            Growths growths,
            LongSupplier nowMillis) {
        this.settings = settings;
        this.upstreams = upstreams;
        this.loops = loops;
        this.journals = journals;
        this.settlements = settlements;
        this.growths = growths;
        this.nowMillis = nowMillis;
        charges = loops.all().stream().map(loop -> new OwnCharges()).toList();
    }

    /** Completes when the caller has been answered; the exchange goes on by itself when the caller leaves first. */
    public Mono<Void> run(Admitted admitted) {
        int loop = loops.indexHere(admitted.arrival().loop());
        Exchange exchange = new Exchange(
                admitted,
                credential(admitted.understood().routed().api()),
                upstreams,
                journals.writer(loop),
                charges.get(loop),
                settlements,
                growths,
                settings,
                drains,
                open,
                nowMillis);
        return exchange.reply()
                .flatMap(reply -> reply.sendTo(admitted.arrival().response()))
                .doFinally(exchange::callerDone);
    }

    /** Renews what the calls under way hold, until it is closed. */
    public Renewals renewing(Counters counters, Duration holdLife) {
        return new Renewals(counters, holdLife, open);
    }

    /** Tells the store what it has lost, until it is closed. */
    public Reports reporting(UUID proxy, Counters counters, DegradedCharges degraded) {
        List<UUID> written = IntStream.range(0, loops.count())
                .mapToObj(loop -> journals.writer(loop).journal())
                .toList();
        return new Reports(proxy, counters, loops, charges, written, degraded, journals::leftIsShipped, open);
    }

    /** What became of the holds of streams that cost more than was likely. */
    public Growths growths() {
        return growths;
    }

    /** How many calls to upstreams are under way. */
    public int open() {
        return open.size();
    }

    /** Ends every call that is under way: what is known of each by now is charged. */
    public void cutOff() {
        for (Exchange exchange : open) {
            exchange.arrival().loop().execute(exchange::cutOff);
        }
    }

    /** How many of them have lost their caller. */
    public int drains() {
        return drains.get();
    }

    private static KnownApi.@Nullable Credential credential(KnownApi api) {
        int total = 0;
        for (KnownApi.Credential credential : api.credentials()) {
            total += credential.weight();
        }
        if (total == 0) {
            return null;
        }
        int pick = ThreadLocalRandom.current().nextInt(total);
        for (KnownApi.Credential credential : api.credentials()) {
            pick -= credential.weight();
            if (pick < 0) {
                return credential;
            }
        }
        throw new AssertionError("weights of " + api.slug() + " do not add up");
    }
}
