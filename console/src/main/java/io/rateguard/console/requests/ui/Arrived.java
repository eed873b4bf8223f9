package io.rateguard.console.requests.ui;

import io.rateguard.analytics.question.RequestRow;
import io.rateguard.domain.id.RequestId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list that grows at its head while someone looks: what has come in waits, then stands in front of what the log says,
 * the newest first. What the log has said, or will say when it is read or further down, is left to it.
 */
final class Arrived {

    /** More than anybody reads; then the list is better read anew. */
    static final int MOST = 1_000;

    private static final Comparator<RequestRow> OLDEST_FIRST = Comparator.comparing(RequestRow::time)
            .thenComparing(row -> row.requestId().value());

    private final List<RequestRow> shown = new ArrayList<>();
    private final List<RequestRow> waiting = new ArrayList<>();
    private final List<RequestRow> early = new ArrayList<>();
    private final Set<RequestId> known = new HashSet<>();
    private @Nullable RequestRow oldestRead;
    private boolean isRead;
    private boolean isReadToItsEnd;
    private boolean hasGap;

    /** So much of the list, of which the log is the rest. */
    List<RequestRow> rows(int offset, int limit, Log log) {
        int own = Math.min(shown.size(), offset + limit);
        List<RequestRow> rows = new ArrayList<>(shown.subList(Math.min(offset, own), own));
        int wanted = limit - rows.size();
        List<RequestRow> read = log.rows(Math.max(0, offset - shown.size()), wanted);
        know(read, read.size() < wanted);
        rows.addAll(read);
        return rows;
    }

    /**
     * These are what the log says.
     *
     * @param areLast whether it has no others further down
     */
    void know(List<RequestRow> read, boolean areLast) {
        read.forEach(row -> {
            known.add(row.requestId());
            oldestRead = oldestRead == null || OLDEST_FIRST.compare(row, oldestRead) < 0 ? row : oldestRead;
        });
        isReadToItsEnd |= areLast;
        if (!isRead) {
            isRead = true;
            add(early);
            early.clear();
        }
    }

    /** @param news newest first; before the log has said anything it is not known which of them it will say */
    void add(List<RequestRow> news) {
        if (!isRead) {
            early.addAll(0, news);
            return;
        }
        List<RequestRow> fresh = news.stream()
                .filter(row -> !isFurtherDown(row))
                .filter(row -> known.add(row.requestId()))
                .toList();
        waiting.addAll(0, fresh);
    }

    private boolean isFurtherDown(RequestRow row) {
        return !isReadToItsEnd && oldestRead != null && OLDEST_FIRST.compare(row, oldestRead) < 0;
    }

    int waiting() {
        return waiting.size();
    }

    /** Some have come in that it was not told of. */
    void leaveGap() {
        hasGap = true;
    }

    boolean hasGap() {
        return hasGap;
    }

    /** Whether the list is better read anew. */
    boolean isStale() {
        return hasGap || shown.size() + waiting.size() > MOST;
    }

    /** What waits stands at the head from now on. */
    void show() {
        shown.addAll(0, waiting);
        waiting.clear();
    }

    /** The log, by row number. */
    interface Log {
        List<RequestRow> rows(int offset, int limit);
    }
}
