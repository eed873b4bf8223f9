package io.rateguard.console.common.ui;

import io.rateguard.console.rest.Page;
import io.rateguard.console.rest.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads a list to its end, for screens that show all of it. */
public final class WholeList {

    private static final int PAGE = 500;

    private WholeList() {}

    public static <T> List<T> of(Function<PageRequest, Page<T>> list) {
        List<T> all = new ArrayList<>();
        Page<T> page = list.apply(PageRequest.of(null, PAGE));
        all.addAll(page.items());
        while (page.next() != null) {
            page = list.apply(PageRequest.of(page.next(), PAGE));
            all.addAll(page.items());
        }
        return all;
    }
}
