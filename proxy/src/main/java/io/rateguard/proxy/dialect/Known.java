package io.rateguard.proxy.dialect;

import io.rateguard.domain.api.KnownPath;
import io.rateguard.domain.api.Speech;
import io.rateguard.domain.api.UnknownPaths;
import io.rateguard.domain.api.UpstreamPath;
import java.util.List;
import java.util.Optional;

/** A path that a profile knows, ready to be compared, and the dialect it speaks. */
record Known(KnownPath path, List<String> segments, Dialect dialect) {

    /** What a template names no part of. */
    private static final String NOTHING = "";

    /** Google writes what is done with a thing behind its name. */
    private static final char ACTION = ':';

    static Known of(KnownPath path, Dialect dialect) {
        return new Known(path, List.of(path.template().substring(1).split("/")), dialect);
    }

    /**
     * What stands for the template's first name ({@code {model}}) where the request matches; empty text where the template
     * has none.
     */
    Optional<String> match(String askedMethod, List<String> asked) {
        if (path.method() != null && !path.method().equalsIgnoreCase(askedMethod)) {
            return Optional.empty();
        }
        return matchPath(asked);
    }

    /** The same whatever the method. */
    Optional<String> matchPath(List<String> asked) {
        String named = NOTHING;
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (segment.equals("**")) {
                return Optional.of(named);
            }
            if (i >= asked.size()) {
                return Optional.empty();
            }
            if (segment.endsWith("}") && i == segments.size() - 1) {
                if (path.speech() == Speech.GEMINI_GENERATE && asked.getLast().indexOf(ACTION) >= 0) {
                    return Optional.empty();
                }
                return Optional.of(named.isEmpty() ? String.join("/", asked.subList(i, asked.size())) : named);
            }
            Optional<String> value = value(segment, asked.get(i));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            named = named.isEmpty() ? value.get() : named;
        }
        return asked.size() == segments.size() ? Optional.of(named) : Optional.empty();
    }

    Route route(UnknownPaths unknownPaths, String askedMethod, UpstreamPath asked, String named) {
        String endpoint = path.template().endsWith("**") ? asked.folded() : path.template();
        return switch (path.kind()) {
            case METERED -> new Route.Metered(dialect, endpoint, named.isEmpty() ? null : named);
            case FREE -> new Route.Free(dialect, endpoint);
            case FLAT -> new Route.Flat(dialect, endpoint);
            case REFUSED -> refused(askedMethod, asked, endpoint);
            case UNMETERED ->
                switch (unknownPaths) {
                    case BLOCK -> refused(askedMethod, asked, endpoint);
                    case FLAT -> new Route.Flat(dialect, endpoint);
                    case UNPRICED -> new Route.Unpriced(dialect, endpoint);
                };
        };
    }

    /** What of an asked segment stands for the template's name; empty text for a literal; nothing where they differ. */
    private static Optional<String> value(String segment, String asked) {
        if (!segment.startsWith("{")) {
            return segment.equalsIgnoreCase(asked) ? Optional.of(NOTHING) : Optional.empty();
        }
        String action = segment.substring(segment.indexOf('}') + 1);
        int named = asked.length() - action.length();
        return named > 0 && asked.regionMatches(true, named, action, 0, action.length())
                ? Optional.of(asked.substring(0, named))
                : Optional.empty();
    }

    private Route refused(String askedMethod, UpstreamPath asked, String endpoint) {
        return new Route.Refused(
                dialect, endpoint, path.code(), askedMethod + " " + asked.shown() + ": " + path.reason());
    }
}
