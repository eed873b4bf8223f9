package io.rateguard.console.rest;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list; {@code next} is the cursor of the one after, or null at the end. */
public record Page<T>(List<T> items, @Nullable String next) {

    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }

    /** From rows fetched with {@link PageRequest#fetch()}: one more than fit, when there is more. */
    public static <R, T> Page<T> of(List<R> rows, PageRequest request, Function<R, UUID> id, Function<R, T> item) {
        boolean more = rows.size() > request.size();
        List<R> shown = more ? rows.subList(0, request.size()) : rows;
        String next = more ? PageRequest.cursorAfter(id.apply(shown.getLast())) : null;
        return new Page<>(shown.stream().map(item).toList(), next);
    }

    public <U> Page<U> map(Function<T, U> change) {
        return new Page<>(items.stream().map(change).toList(), next);
    }
}
