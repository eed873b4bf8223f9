package io.rateguard.proxy.forward;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.ScheduledFuture;
import io.rateguard.counters.Claim;
import io.rateguard.counters.Rebuilds;
import io.rateguard.domain.event.Decision;
import io.rateguard.domain.event.Outcome;
import io.rateguard.domain.event.RequestEvent;
import io.rateguard.domain.id.WorkspaceId;
import io.rateguard.proxy.answer.Replies;
import io.rateguard.proxy.answer.ReplyHeaders;
import io.rateguard.proxy.dialect.Ask;
import io.rateguard.proxy.dialect.Reading;
import io.rateguard.proxy.dialect.ReplyMeter;
import io.rateguard.proxy.dialect.ReplyMeters;
import io.rateguard.proxy.journal.JournalWriter;
import io.rateguard.proxy.policy.KnownApi;
import io.rateguard.proxy.record.Bill;
import io.rateguard.proxy.record.CallRecord;
import io.rateguard.proxy.record.CallRecord.Course;
import io.rateguard.proxy.stage.Admitted;
import io.rateguard.proxy.stage.Arrival;
import io.rateguard.proxy.stage.Estimate;
import io.rateguard.proxy.stage.Understood;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.SignalType;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * One call to an upstream. Everything happens on the event loop of the caller's connection. It ends once, in one closed
 * record and one settlement, whatever ended it and whether or not the caller is still there.
 */
final class Exchange implements Relay.End {

    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    private final Admitted admitted;
    private final Understood understood;
    private final Arrival arrival;
    private final KnownApi api;
    private final KnownApi.@Nullable Credential credential;
    private final Upstreams upstreams;
    private final JournalWriter journal;
    private final OwnCharges charges;
    private final Settlements settlements;
    private final Hold hold;
    private final ForwardSettings settings;
    private final AtomicInteger drains;
    private final Collection<Exchange> open;
    private final LongSupplier nowMillis;

    private final Relay relay = new Relay(this::metered, this);
    private final Disposable.Swap call = Disposables.swap();
    private @Nullable MonoSink<Reply> sink;
    private @Nullable ReplyMeter meter;
    private @Nullable ScheduledFuture<?> firstByteTimer;
    private @Nullable ScheduledFuture<?> lifeTimer;
    private @Nullable HttpHeaders replyHeaders;
    private @Nullable Bill bill;
    private long handedOverNanos;
    private long firstByteNanos;
    private long requestBytes;
    private long replyBytes;
    private long replyLength = -1;
    private int status;
    private boolean bodyTaken;
    private boolean written;
    private boolean eventStream;
    private boolean holding;
    private boolean replied;
    private boolean callerGone;
    private boolean draining;
    private boolean finished;
    private volatile long keptNanos;
    private long epoch;
    private CompletionStage<Void> reheld = CompletableFuture.completedStage(null);

    Exchange(
            Admitted admitted,
            KnownApi.@Nullable Credential credential,
            Upstreams upstreams,
            JournalWriter journal,
            OwnCharges charges,
            Settlements settlements,
            Growths growths,
            ForwardSettings settings,
            AtomicInteger drains,
            Collection<Exchange> open,
            LongSupplier nowMillis) {
        this.admitted = admitted;
        this.understood = admitted.understood();
        this.arrival = admitted.arrival();
        this.api = understood.routed().api();
        this.credential = credential;
        this.upstreams = upstreams;
        this.journal = journal;
        this.charges = charges;
        this.settlements = settlements;
        this.hold = new Hold(admitted, journal, growths);
        this.settings = settings;
        this.drains = drains;
        this.open = open;
        this.nowMillis = nowMillis;
        this.keptNanos = System.nanoTime();
        this.epoch = admitted.epoch();
    }

    /** Starts the call; emits when there is something to send to the caller. */
    Mono<Reply> reply() {
        return Mono.create(it -> {
            sink = it;
            open.add(this);
            try {
                start();
            } catch (RuntimeException mistake) {
                if (!finished) {
                    finish(Outcome.UNREACHABLE, Bill.nothing(understood.estimate()));
                }
                it.error(mistake);
            }
        });
    }

    /** The caller was answered to the end, or has left. */
    void callerDone(SignalType how) {
        if (finished) {
            callerGone |= how != SignalType.ON_COMPLETE;
            return;
        }
        if (how == SignalType.ON_COMPLETE) {
            relay.dropCaller();
        } else {
            callerLeft();
        }
    }

    /** The proxy stops: what is known by now is charged, and the caller's connection ends. */
    void cutOff() {
        if (finished) {
            return;
        }
        endMeter();
        finish(Outcome.INTERRUPTED, chargedSoFar());
        end(503, "upstream_cut", "did not finish before RateGuard was stopped", new CancellationException("stopping"));
    }

    Arrival arrival() {
        return arrival;
    }

    /** What the store holds for it until it ends; null if nothing. */
    @Nullable
    Claim held() {
        Claim claim = hold.claim();
        return admitted.local() != null || claim.isEmpty() ? null : claim;
    }

    /**
     * What budgets of that workspace held for it in an earlier epoch, to be held again in this one.
     *
     * @param arrived when they are; it is not settled before
     */
    Optional<Rebuilds.UnderWay> reheld(WorkspaceId workspace, long inEpoch, CompletionStage<Void> arrived) {
        Claim held = held();
        if (held == null || held.budgets().isEmpty() || !held.workspace().equals(workspace) || epoch == inEpoch) {
            return Optional.empty();
        }
        epoch = inEpoch;
        reheld = arrived;
        return Optional.of(new Rebuilds.UnderWay(held.request(), admitted.chargedAtMillis(), held.budgets()));
    }

    /** When its claim was last taken or renewed. */
    long keptNanos() {
        return keptNanos;
    }

    void kept(long atNanos) {
        keptNanos = atNanos;
    }

    private void start() {
        handedOverNanos = System.nanoTime();
        journal.opened(CallRecord.ifInterrupted(admitted));
        if (!hasUnreadBody()) {
            firstByteTimer = firstByteTimer();
        }
        lifeTimer = timer(api.totalTimeout(), () -> timedOut("did not finish its answer"));
        HttpClient client = upstreams
                .client(arrival.loop(), api)
                .headers(this::requestHeaders)
                .doAfterRequest((request, connection) -> written());
        HttpClient.RequestSender request =
                client.request(HttpMethod.valueOf(arrival.method())).uri(uri());
        call.update(send(request).response(this::answered).subscribe(nothing -> {}, this::brokenOff));
    }

    /** A body that streams through may take its time; the upstream's time to answer begins when it has all of it. */
    private void written() {
        written = true;
        if (firstByteTimer == null && status == 0 && !finished) {
            firstByteTimer = firstByteTimer();
        }
    }

    private ScheduledFuture<?> firstByteTimer() {
        return timer(api.firstByteTimeout(), () -> timedOut("did not begin to answer"));
    }

    private HttpClient.ResponseReceiver<?> send(HttpClient.RequestSender request) {
        if (understood.body() != null) {
            return request.send(Mono.fromSupplier(this::takeBody));
        }
        return hasUnreadBody()
                ? request.send(arrival.request()
                        .receive()
                        .retain()
                        .doOnNext(it -> requestBytes += it.readableBytes())
                        .doOnError(brokeOff -> callerGone = true))
                : request;
    }

    private boolean hasUnreadBody() {
        return understood.body() == null
                && (arrival.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                        || arrival.headers().contains(HttpHeaderNames.TRANSFER_ENCODING));
    }

    private ByteBuf takeBody() {
        Ask ask = understood.ask();
        ByteBuf body = understood.body();
        if (ask == null || body == null) {
            throw new IllegalStateException("only metered requests have a body that was read");
        }
        bodyTaken = true;
        ByteBuf edited = ask.edit().apply(body, arrival.response().alloc());
        requestBytes = edited.readableBytes();
        return edited;
    }

    private void requestHeaders(HttpHeaders headers) {
        Ask ask = understood.ask();
        RequestHeaders.copy(
                arrival.headers(),
                headers,
                ask != null || understood.estimate().value().isPresent());
        RequestHeaders.authenticate(headers, api, credential);
        ByteBuf body = understood.body();
        if (ask != null && body != null) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, ask.edit().lengthAfter(body.readableBytes()));
        } else if (arrival.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, arrival.headers().get(HttpHeaderNames.CONTENT_LENGTH));
        }
    }

    private String uri() {
        String base = api.baseUrl().getScheme() + "://" + api.baseUrl().getRawAuthority();
        String query = UpstreamUri.query(api, arrival.query(), credential);
        return base + understood.routed().upstreamPath() + (query.isEmpty() ? "" : "?" + query);
    }

    private Mono<Void> answered(HttpClientResponse response, ByteBufFlux body) {
        firstByteNanos = System.nanoTime();
        cancel(firstByteTimer);
        status = response.status().code();
        replyHeaders = replyHeaders(response.responseHeaders());
        Ask ask = understood.ask();
        String contentType = response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE);
        meter = meter(contentType, response.responseHeaders().get(HttpHeaderNames.CONTENT_ENCODING));
        eventStream = isEventStream(contentType) || ask != null && ask.stream() && status < 300;
        holding = meter != null && !eventStream || hasNoBody() || isEmpty(replyHeaders);
        if (!journal.recordsAtOnce() && replyHeaders.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            replyLength = Long.parseLong(replyHeaders.get(HttpHeaderNames.CONTENT_LENGTH));
        }
        if (callerGone) {
            relay.dropCaller();
        } else if (!holding) {
            stream(replyHeaders);
        }
        return Mono.create(ended -> {
            var _ = ended.onCancel(relay);
            relay.whenEnded(ended::success);
            body.retain().subscribe(relay);
        });
    }

    private @Nullable ReplyMeter meter(@Nullable String contentType, @Nullable String contentEncoding) {
        Ask ask = understood.ask();
        return ask == null
                ? answeredEstimate()
                        .value()
                        .map(pointer -> ReplyMeters.value(pointer, contentType, contentEncoding))
                        .orElse(null)
                : understood.routed().route().dialect().meter(ask, status, contentType, contentEncoding);
    }

    private ByteBuf metered(ByteBuf chunk) {
        replyBytes += chunk.readableBytes();
        if (meter == null) {
            return chunk;
        }
        ByteBuf passed = meter.pass(chunk);
        if (eventStream && !finished) {
            hold.passed(replyBytes, meter);
        }
        return passed;
    }

    @Override
    public boolean mayKeep(int bytes) {
        return holding && bytes <= settings.heldReplyBytes();
    }

    @Override
    public void keptTooMuch() {
        holding = false;
        if (replyHeaders != null) {
            stream(replyHeaders);
        }
    }

    @Override
    public ByteBuf completed() {
        ByteBuf rest = meter == null ? Unpooled.EMPTY_BUFFER : meter.end();
        boolean whole = meter == null
                || !eventStream
                || status >= 400
                || meter.reading().streamFinished();
        Outcome outcome = callerGone ? Outcome.CLIENT_GONE : whole ? Outcome.COMPLETED : Outcome.UPSTREAM_CUT;
        finish(outcome, answeredBill());
        if (holding && !callerGone && replyHeaders != null) {
            give(whole(replyHeaders, rest));
            return Unpooled.EMPTY_BUFFER;
        }
        return rest;
    }

    @Override
    public void mayEnd(Runnable task) {
        if (holding) {
            task.run();
        } else {
            journal.whenRecorded(arrival.loop(), task);
        }
    }

    @Override
    public boolean isToWait() {
        return replyLength >= 0 && replyBytes >= replyLength;
    }

    @Override
    public void failed(Throwable failure) {
        log.debug("{}: the reply broke off: {}", arrival.id(), failure.toString());
        if (finished) {
            return;
        }
        endMeter();
        finish(callerGone ? Outcome.CLIENT_GONE : Outcome.UPSTREAM_CUT, answeredBill());
        answer(502, "upstream_cut", "broke off its answer");
    }

    @Override
    public void callerLeft() {
        if (callerGone) {
            return;
        }
        callerGone = true;
        relay.dropCaller();
        if (finished) {
            // The rest had arrived already and only waited for the caller.
            return;
        }
        if (!drainsWhenClientLeaves() || drains.get() >= settings.drainsAtOnce() || !reachedUpstream()) {
            abandon();
            return;
        }
        draining = true;
        drains.incrementAndGet();
        cancel(lifeTimer);
        lifeTimer = timer(settings.drain(), this::abandon);
    }

    /** Whatever the API's policy is, where only the reply says what it costs. */
    private boolean drainsWhenClientLeaves() {
        Estimate known = status == 0 ? understood.estimate() : answeredEstimate();
        return api.drainsWhenClientLeaves() || known.value().isPresent();
    }

    /** Nobody waits for the rest: it is broken off, and what is known by now is charged. */
    private void abandon() {
        if (finished) {
            return;
        }
        endMeter();
        finish(Outcome.CLIENT_GONE, chargedSoFar());
        relay.breakOff(new CancellationException("nobody waits for the rest"));
        call.dispose();
    }

    private void timedOut(String what) {
        if (finished) {
            return;
        }
        endMeter();
        finish(Outcome.TIMEOUT, chargedSoFar());
        end(504, "upstream_timeout", what + " in time", new TimeoutException(api.slug() + " " + what));
    }

    /** Ends both legs of a finished call: answers where nothing has been answered, else breaks the reply off. */
    private void end(int errorStatus, String code, String what, Throwable why) {
        answer(errorStatus, code, what);
        relay.breakOff(why);
        call.dispose();
    }

    /** No reply: the upstream was not reached, or closed without a word. */
    private void brokenOff(Throwable failure) {
        if (finished) {
            return;
        }
        if (status != 0) {
            failed(failure);
            relay.breakOff(failure);
            return;
        }
        Failure described = Failure.of(failure, written);
        if (written) {
            finish(callerGone ? Outcome.CLIENT_GONE : Outcome.UPSTREAM_CUT, Bill.byEstimate(understood.estimate()));
        } else {
            finish(callerGone ? Outcome.CLIENT_GONE : Outcome.UNREACHABLE, Bill.nothing(understood.estimate()));
        }
        log.info("{}: upstream {} {}: {}", arrival.id(), api.slug(), described.code(), failure.getMessage());
        answer(described.status(), described.code(), described.what());
    }

    /** An upstream may answer before it has read the whole request: then it has been reached too. */
    private boolean reachedUpstream() {
        return written || status != 0;
    }

    private Bill chargedSoFar() {
        if (status != 0) {
            return answeredBill();
        }
        return written ? Bill.byEstimate(understood.estimate()) : Bill.nothing(understood.estimate());
    }

    private Bill answeredBill() {
        return Bill.of(answeredEstimate(), meter == null ? Reading.ONE_CALL : meter.reading());
    }

    private Estimate answeredEstimate() {
        return understood.estimate().answered(status, understood.routed().withoutPrice());
    }

    /** Records first, then settles: what is recorded is settled again from the journal should the proxy die between. */
    private void finish(Outcome outcome, Bill charged) {
        finished = true;
        bill = charged;
        cancel(firstByteTimer);
        cancel(lifeTimer);
        if (draining) {
            drains.decrementAndGet();
        }
        if (!bodyTaken && understood.body() != null) {
            understood.body().release();
        }
        long now = System.nanoTime();
        Course course = new Course(
                outcome,
                status,
                nowMillis.getAsLong(),
                arrival.elapsedMicros(now),
                (now - handedOverNanos) / 1_000,
                firstByteNanos == 0 ? 0 : (firstByteNanos - handedOverNanos) / 1_000,
                requestBytes,
                replyBytes,
                meter == null ? null : meter.reading().servedModel(),
                meter == null ? null : meter.reading().serviceTier(),
                meter == null ? null : meter.reading().reportedCostNanos());
        Ended ended = new Ended(epoch, charges.reportedIn(admitted.claim().workspace()), reheld);
        try {
            RequestEvent event = CallRecord.admitted(hold.admitted(), course, charged);
            journal.closed(event);
            charges.add(event, nowMillis.getAsLong());
        } catch (RuntimeException mistake) {
            log.error("{}: not recorded", arrival.id(), mistake);
        }
        settlements.settle(admitted, charged, ended, journal);
        open.remove(this);
    }

    private void endMeter() {
        if (meter != null) {
            meter.end().release();
        }
    }

    /** Answers in the upstream's stead, where nothing has been answered yet. */
    private void answer(int errorStatus, String code, String what) {
        if (!replied && !callerGone) {
            give(new Reply.Own(Replies.upstreamFailed(admitted, errorStatus, code, what)));
        }
    }

    private void give(Reply reply) {
        replied = true;
        if (finished) {
            journal.whenRecorded(arrival.loop(), () -> giveNow(reply));
        } else {
            giveNow(reply);
        }
    }

    private void giveNow(Reply reply) {
        if (callerGone || sink == null) {
            reply.discard();
        } else {
            sink.success(reply);
        }
    }

    private void stream(HttpHeaders headers) {
        ReplyHeaders.timed(headers, micros(firstByteNanos), overheadMicros(firstByteNanos));
        if (meter == null) {
            ReplyHeaders.priced(headers, answeredBill().cost());
        }
        boolean trailers = meter != null
                && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                && arrival.headers().containsValue(HttpHeaderNames.TE, "trailers", true);
        if (trailers) {
            headers.set(HttpHeaderNames.TRAILER, ReplyHeaders.COST_CENTS);
        }
        give(new Reply.Streamed(status, headers, relay, trailers ? this::costTrailer : null));
    }

    private void costTrailer(HttpHeaders trailers) {
        if (bill != null) {
            ReplyHeaders.priced(trailers, bill.cost());
        }
    }

    private Reply whole(HttpHeaders headers, ByteBuf rest) {
        long now = System.nanoTime();
        ReplyHeaders.timed(headers, micros(now), overheadMicros(now));
        if (bill != null) {
            ReplyHeaders.priced(headers, bill.cost());
        }
        ByteBuf body = relay.takeKept();
        if (hasNoBody()) {
            body.release();
            rest.release();
            return new Reply.HeadOnly(status, headers);
        }
        return new Reply.Whole(status, headers, rest.isReadable() ? Unpooled.wrappedBuffer(body, rest) : body);
    }

    private boolean hasNoBody() {
        return arrival.method().equals("HEAD") || status == 204 || status == 304;
    }

    /** What would be streamed is over before it begins; it is sent when that is certain. */
    private static boolean isEmpty(HttpHeaders headers) {
        return "0".equals(headers.get(HttpHeaderNames.CONTENT_LENGTH));
    }

    private HttpHeaders replyHeaders(HttpHeaders upstream) {
        HttpHeaders headers = new DefaultHttpHeaders();
        Set<String> named = Set.copyOf(Connections.namedIn(upstream));
        for (Map.Entry<String, String> header : upstream) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (RequestHeaders.isHopByHop(name) || named.contains(name)) {
                continue;
            }
            headers.add(
                    ReplyHeaders.isOurs(name) ? ReplyHeaders.UPSTREAM_PREFIX + header.getKey() : header.getKey(),
                    header.getValue());
        }
        Ask ask = understood.ask();
        if (ask != null && ask.edit().asksForUsage()) {
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        ReplyHeaders.decided(headers, arrival.id(), Decision.ALLOWED, admitted.headroom());
        return headers;
    }

    private long micros(long untilNanos) {
        return (untilNanos - handedOverNanos) / 1_000;
    }

    private long overheadMicros(long untilNanos) {
        return arrival.elapsedMicros(untilNanos) - micros(untilNanos);
    }

    private ScheduledFuture<?> timer(Duration delay, Runnable task) {
        return arrival.loop().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void cancel(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private static boolean isEventStream(@Nullable String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, "text/event-stream", 0, 17);
    }
}
