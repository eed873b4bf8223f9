package io.rateguard.console.requests;

import io.rateguard.analytics.question.RequestFilter;
import io.rateguard.analytics.question.RequestLog;
import io.rateguard.analytics.question.RequestLog.Arrivals;
import io.rateguard.analytics.question.RequestRow;
import io.rateguard.domain.id.WorkspaceId;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Requests as they come in: the history is asked once for each workspace that somebody looks at, however many do, and not
 * at all while nobody does.
 */
@Component
public class LiveTail {

    /** More are no news but a new page. */
    static final int MOST = 200;

    private static final Logger log = LoggerFactory.getLogger(LiveTail.class);
    private static final Duration PACE = Duration.ofMillis(300);
    /** How long at most someone goes on looking who may no more, and the database's answer. */
    private static final Duration RIGHTS_PACE = Duration.ofMillis(500);

    /** Longer than nearly every request takes from its charge to its record. */
    private static final Duration LATE = Duration.ofMinutes(30);

    private final History history;
    private final Clock clock;
    private final Map<WorkspaceId, Watched> watched = new ConcurrentHashMap<>();
    /** Two, so that a database that is away keeps no news back. */
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("live-tail-", 1).factory());

    @Autowired
    LiveTail(RequestLog requestLog, Clock clock) {
        this(History.of(requestLog), clock);
        var _ = timer.scheduleWithFixedDelay(this::look, PACE.toMillis(), PACE.toMillis(), TimeUnit.MILLISECONDS);
        var _ = timer.scheduleWithFixedDelay(
                this::dismiss, RIGHTS_PACE.toMillis(), RIGHTS_PACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks when it is told to. */
    LiveTail(History history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    /** What it asks of the history. */
    interface History {

        long reach(WorkspaceId workspace, Instant since);

        Arrivals arrivals(WorkspaceId workspace, RequestFilter filter, long reach, int most);

        static History of(RequestLog log) {
            return new History() {
                @Override
                public long reach(WorkspaceId workspace, Instant since) {
                    return log.reach(workspace, since);
                }

                @Override
                public Arrivals arrivals(WorkspaceId workspace, RequestFilter filter, long reach, int most) {
                    return log.arrivals(workspace, filter, reach, most);
                }
            };
        }
    }

    /**
     * Requests that have just come in.
     *
     * @param rows newest first
     * @param areMore whether there may be more than these
     */
    public record News(List<RequestRow> rows, boolean areMore) {}

    /**
     * Someone who looks.
     *
     * @param news is told on a thread that others wait for
     * @param mayLook asked again and again
     * @param ended told once, when they may no more
     */
    record Viewer(Consumer<News> news, BooleanSupplier mayLook, Runnable ended) {}

    /** Ends the following. */
    @FunctionalInterface
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    /** How far the requests of a workspace have come in. */
    long reach(WorkspaceId workspace) {
        return history.reach(workspace, clock.instant().minus(LATE));
    }

    /**
     * What comes in behind a reach is told, as long as the viewer may look. Those who look already may be told again of some
     * that they know.
     */
    Following follow(WorkspaceId workspace, long reach, Viewer viewer) {
        watched.compute(workspace, (id, known) -> {
            Watched now = known == null ? new Watched(id) : known;
            now.viewers.add(viewer);
            now.from.accumulateAndGet(reach, Math::min);
            return now;
        });
        return () -> leave(workspace, viewer);
    }

    private void leave(WorkspaceId workspace, Viewer viewer) {
        watched.computeIfPresent(workspace, (id, known) -> {
            known.viewers.remove(viewer);
            return known.viewers.isEmpty() ? null : known;
        });
    }

    void look() {
        watched.values().forEach(each -> {
            try {
                each.look();
            } catch (RuntimeException away) {
                log.debug("no news of workspace {}", each.workspace, away);
            }
        });
    }

    /** Ends it for those who may look no more; while nobody can say, they may. */
    void dismiss() {
        watched.values()
                .forEach(each -> each.viewers.forEach(viewer -> {
                    try {
                        if (!viewer.mayLook().getAsBoolean()) {
                            leave(each.workspace, viewer);
                            viewer.ended().run();
                        }
                    } catch (RuntimeException away) {
                        log.debug("not known whether a viewer of workspace {} may look", each.workspace, away);
                    }
                }));
    }

    @PreDestroy
    void close() {
        timer.shutdownNow();
    }

    /** A workspace that somebody looks at. */
    private final class Watched {

        private final WorkspaceId workspace;
        private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
        /** The least that a viewer has begun from since the last look. */
        private final AtomicLong from = new AtomicLong(Long.MAX_VALUE);

        private long reach = Long.MAX_VALUE;

        Watched(WorkspaceId workspace) {
            this.workspace = workspace;
        }

        void look() {
            reach = Math.min(reach, from.getAndSet(Long.MAX_VALUE));
            Instant now = clock.instant();
            RequestFilter lately = RequestFilter.between(now.minus(LATE), now.plus(LATE));
            Arrivals arrivals = history.arrivals(workspace, lately, reach, MOST);
            reach = arrivals.reach();
            if (!arrivals.rows().isEmpty()) {
                News news = new News(arrivals.rows(), arrivals.rows().size() >= MOST);
                viewers.forEach(viewer -> tell(viewer, news));
            }
        }

        /** One that has gone keeps the others from nothing. */
        private void tell(Viewer viewer, News news) {
            try {
                viewer.news().accept(news);
            } catch (RuntimeException gone) {
                log.debug("a viewer of workspace {} has gone", workspace, gone);
            }
        }
    }
}
