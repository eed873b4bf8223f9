package io.rateguard.domain.price;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a source of prices says and the catalogue does not, by what was said; so that nothing is left out unseen. */
final class LeftOut {

    private static final int NAMED = 30;

    private final Map<String, List<String>> places = new TreeMap<>();

    void note(String what, String place) {
        places.computeIfAbsent(what, key -> new ArrayList<>()).add(place);
    }

    /** One line for each thing: how often it was said, and where first. */
    List<String> lines() {
        return places.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String line(String what, List<String> where) {
        String named = String.join(", ", where.subList(0, Math.min(NAMED, where.size())));
        return what + ": " + where.size() + " (" + named + (where.size() > NAMED ? ", …)" : ")");
    }
}
