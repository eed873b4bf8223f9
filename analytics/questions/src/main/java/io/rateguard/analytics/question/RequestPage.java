package io.rateguard.analytics.question;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the request log, newest first.
 *
 * @param next where the next page starts; null when this is the last
 * @param reach how far its own requests have come in; whatever comes in after them is behind it. -1 where it has none
 */
public record RequestPage(List<RequestRow> items, @Nullable Cursor next, long reach) {

    public RequestPage {
        items = List.copyOf(items);
    }
}
