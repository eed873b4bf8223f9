package io.rateguard.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * One round of load: first unmeasured, then measured, then until nothing is under way. Closed: each caller sends its next
 * request when the last is answered. Open: requests fall due at random instants of a given rate, whether or not anything
 * has been answered, and latency counts from the instant a request fell due. Lives on one event loop.
 */
final class Run implements Caller.Listener {

    private static final long WORST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST_OVERDUE = 200_000;

    private final EventLoop loop;
    private final Order order;
    private final Progress progress;
    private final List<Channel> channels;
    private final ByteBuf request;
    private final Histogram latency = new Histogram(1_000, WORST_NANOS, 3);
    private final Histogram chunkLatency = new Histogram(1_000, WORST_NANOS, 3);
    private final ArrayDeque<Caller> idle = new ArrayDeque<>();
    private final ArrayDeque<Long> overdue = new ArrayDeque<>();
    private final SplittableRandom random = new SplittableRandom(20_261_101);
    private long measuredFromNanos;
    private long endNanos;
    private double nextDueNanos;
    private long failures;
    private int underWay;
    private boolean ended;

    Run(EventLoop loop, Order order, List<Channel> channels, Progress progress) {
        this.loop = loop;
        this.order = order;
        this.progress = progress;
        this.channels = channels;
        this.request = Unpooled.directBuffer().writeBytes(order.target().request());
    }

    /** Hears of the moments that processor time is read at. */
    interface Progress {
        void measuring();

        void measured(LoadResult result);
    }

    void start() {
        long now = System.nanoTime();
        measuredFromNanos = now + TimeUnit.MILLISECONDS.toNanos(order.warmMillis());
        endNanos = measuredFromNanos + TimeUnit.MILLISECONDS.toNanos(order.measuredMillis());
        nextDueNanos = now;
        List<Caller> callers = new ArrayList<>();
        for (Channel channel : channels) {
            Caller caller = new Caller(channel, request, this);
            channel.pipeline().addLast(caller);
            callers.add(caller);
        }
        var _ = loop.schedule(progress::measuring, order.warmMillis(), TimeUnit.MILLISECONDS);
        var _ = loop.schedule(this::end, endNanos - now, TimeUnit.NANOSECONDS);
        if (order.isOpen()) {
            idle.addAll(callers);
            fallDue();
        } else {
            callers.forEach(caller -> send(caller, System.nanoTime()));
        }
    }

    /** Counts each chunk that carries its stamp whole; one that was cut in two on its way is passed over. */
    @Override
    public void passed(ByteBuf part) {
        long now = System.nanoTime();
        if (!order.streamed() || now < measuredFromNanos || now >= endNanos) {
            return;
        }
        int from = part.indexOf(part.readerIndex(), part.writerIndex(), Target.STAMP);
        while (from >= 0) {
            int to = part.indexOf(from + 1, part.writerIndex(), Target.STAMP);
            if (to < 0) {
                return;
            }
            long sentNanos = Long.parseLong(part.toString(from + 1, to - from - 1, StandardCharsets.US_ASCII));
            chunkLatency.recordValue(Math.clamp(now - sentNanos, 0, WORST_NANOS));
            from = part.indexOf(to + 1, part.writerIndex(), Target.STAMP);
        }
    }

    @Override
    public void answered(Caller caller, long sinceNanos, int status) {
        long now = System.nanoTime();
        underWay--;
        if (now >= measuredFromNanos && now < endNanos) {
            if (status == 200) {
                latency.recordValue(Math.min(WORST_NANOS, now - sinceNanos));
            } else {
                failures++;
            }
        }
        if (ended) {
            return;
        }
        if (!order.isOpen()) {
            send(caller, now);
        } else if (overdue.isEmpty()) {
            idle.push(caller);
        } else {
            send(caller, overdue.remove());
        }
    }

    @Override
    public void lost(Caller caller, boolean waiting) {
        if (waiting) {
            underWay--;
            failures++;
        }
        idle.remove(caller);
    }

    private void send(Caller caller, long sinceNanos) {
        underWay++;
        caller.send(sinceNanos);
    }

    private void fallDue() {
        long now = System.nanoTime();
        while (nextDueNanos <= now && now < endNanos) {
            long due = (long) nextDueNanos;
            nextDueNanos += -Math.log1p(-random.nextDouble()) * 1e9 / order.ratePerSecond();
            if (!idle.isEmpty()) {
                send(idle.pop(), due);
            } else if (overdue.size() < MOST_OVERDUE) {
                overdue.add(due);
            } else {
                failures++;
            }
        }
        if (!ended) {
            var _ = loop.schedule(
                    this::fallDue, Math.max(0, (long) nextDueNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    private void end() {
        ended = true;
        failures += overdue.size();
        overdue.clear();
        progress.measured(LoadResult.of(latency, chunkLatency, failures, order.measuredMillis()));
        close(System.nanoTime() + PATIENCE_NANOS);
    }

    private void close(long deadlineNanos) {
        if (underWay > 0 && System.nanoTime() < deadlineNanos) {
            var _ = loop.schedule(() -> close(deadlineNanos), 10, TimeUnit.MILLISECONDS);
            return;
        }
        for (Channel channel : channels) {
            var _ = channel.close();
        }
        request.release();
    }
}
