package io.rateguard.proxy.local;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The most of the last few counts. A store that comes back may know of one proxy only, until each has said again that it
 * is alive: nobody is to take a larger share for that.
 */
final class LatelyCounted {

    private final int remembered;
    private final Deque<Integer> counts = new ArrayDeque<>();

    /** @param remembered so many counts in a row have to be lower before that is believed */
    LatelyCounted(int remembered) {
        this.remembered = remembered;
    }

    int with(int count) {
        counts.addLast(count);
        if (counts.size() > remembered) {
            counts.removeFirst();
        }
        return counts.stream().mapToInt(Integer::intValue).max().orElse(count);
    }
}
