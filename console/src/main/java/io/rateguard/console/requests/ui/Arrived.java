package io.rateguard.console.requests.ui;

import io.rateguard.analytics.question.RequestRow;
import io.rateguard.domain.id.RequestId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A list that grows at its head while someone looks: what has come in waits, then stands in front of what the log says,
 * the newest first. What the log has said, or will say when it is read or further down, is left to it.
 */
final class Arrived {

    /** More than anybody reads; then the list is better read anew. */
    static final int MOST = 1_000;

    private final List<RequestRow> shown = new ArrayList<>();
    private final List<RequestRow> waiting = new ArrayList<>();
    private final Set<RequestId> known = new HashSet<>();
    private Instant oldestRead = Instant.MAX;
    private boolean isRead;
    private boolean hasGap;

    /** So much of the list, of which the log is the rest. */
    List<RequestRow> rows(int offset, int limit, Log log) {
        int own = Math.min(shown.size(), offset + limit);
        List<RequestRow> rows = new ArrayList<>(shown.subList(Math.min(offset, own), own));
        List<RequestRow> read = log.rows(Math.max(0, offset - shown.size()), limit - rows.size());
        read.forEach(row -> {
            known.add(row.requestId());
            oldestRead = row.time().isBefore(oldestRead) ? row.time() : oldestRead;
        });
        rows.addAll(read);
        isRead = true;
        return rows;
    }

    /** @param news newest first */
    void add(List<RequestRow> news) {
        if (!isRead) {
            return;
        }
        List<RequestRow> fresh = news.stream()
                .filter(row -> oldestRead.equals(Instant.MAX) || !row.time().isBefore(oldestRead))
                .filter(row -> known.add(row.requestId()))
                .toList();
        waiting.addAll(0, fresh);
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
