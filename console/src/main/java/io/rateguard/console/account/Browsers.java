package io.rateguard.console.account;

import java.util.List;
import java.util.Map;

/** What browsers say of themselves, in the words of people. */
public final class Browsers {

    /** In this order: each also calls itself by the names of those after it. */
    private static final List<Map.Entry<String, String>> NAMES = List.of(
            Map.entry("Edg/", "Edge"),
            Map.entry("OPR/", "Opera"),
            Map.entry("Firefox/", "Firefox"),
            Map.entry("Chrome/", "Chrome"),
            Map.entry("Safari/", "Safari"));

    private static final List<Map.Entry<String, String>> SYSTEMS = List.of(
            Map.entry("iPhone", "iPhone"),
            Map.entry("iPad", "iPad"),
            Map.entry("Android", "Android"),
            Map.entry("Windows", "Windows"),
            Map.entry("Mac OS X", "macOS"),
            Map.entry("Linux", "Linux"));

    private Browsers() {}

    /** {@code Firefox on Linux}. */
    public static String words(String userAgent) {
        return find(NAMES, userAgent, "A browser") + " on " + find(SYSTEMS, userAgent, "some system");
    }

    private static String find(List<Map.Entry<String, String>> known, String userAgent, String otherwise) {
        return known.stream()
                .filter(each -> userAgent.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }
}
