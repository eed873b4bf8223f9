package io.rateguard.analytics.question;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the request log, newest first.
 *
 * @param next where the next page starts; null when this is the last
 */
public record RequestPage(List<RequestRow> items, @Nullable Cursor next) {

    public RequestPage {
        items = List.copyOf(items);
    }
}
