package io.rateguard.proxy.request;

import io.netty.channel.EventLoop;
import io.rateguard.domain.event.Decision;
import io.rateguard.proxy.answer.Replies;
import io.rateguard.proxy.dialect.ErrorCategory;
import io.rateguard.proxy.journal.JournalWriter;
import io.rateguard.proxy.journal.Journals;
import io.rateguard.proxy.loops.Loops;
import io.rateguard.proxy.record.CallRecord;
import io.rateguard.proxy.stage.Arrival;
import io.rateguard.proxy.stage.Identified;
import io.rateguard.proxy.stage.Refusal;
import io.rateguard.proxy.stage.Refused;
import io.rateguard.proxy.stage.Stage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/** Ends requests that are not forwarded: recorded where their workspace is known, answered in the caller's dialect. */
public final class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final Journals journals;
    private final Loops loops;
    private final LongSupplier nowMillis;
    private final LongAdder unrecorded = new LongAdder();

    public Refusals(Journals journals, Loops loops, LongSupplier nowMillis) {
        this.journals = journals;
        this.loops = loops;
        this.nowMillis = nowMillis;
    }

    Mono<Void> answer(Refused refused) {
        Stage reached = refused.reached();
        Refusal refusal = refused.refusal();
        log.debug("{}: refused: {}", reached.arrival().id(), refusal.code());
        Identified identified = reached.identified();
        if (identified == null || !journals.hasRoom()) {
            unrecorded.increment();
            return Replies.send(reached, refusal);
        }
        EventLoop loop = reached.arrival().loop();
        JournalWriter journal = journals.writer(loops.indexHere(loop));
        journal.closed(CallRecord.refused(reached, identified, refusal, nowMillis.getAsLong(), System.nanoTime()));
        return Mono.<Void>create(sink -> journal.whenRecorded(loop, sink::success))
                .then(Mono.defer(() -> Replies.send(reached, refusal)));
    }

    /** A mistake of ours, or the caller's connection broke: logged here, once. */
    Mono<Void> answerFailure(Arrival arrival, Throwable failure) {
        if (failure instanceof AbortedException) {
            log.debug("{}: the caller is gone: {}", arrival.id(), failure.getMessage());
            return Mono.empty();
        }
        if (!arrival.response().hasSentHeaders()) {
            log.warn("{}: failed", arrival.id(), failure);
        } else {
            log.debug("{}: ended after its head was sent: {}", arrival.id(), failure.toString());
        }
        return Replies.send(
                arrival,
                Refusal.of(
                        Decision.OVERLOADED,
                        500,
                        ErrorCategory.INTERNAL,
                        "internal_error",
                        "RateGuard failed on this request; its log says why under this request id."));
    }

    /** Refusals that no event tells of: of unknown keys, or while the journal is full. */
    public long unrecorded() {
        return unrecorded.sum();
    }
}
