package io.rateguard.proxy.dialect;

import io.rateguard.domain.api.UnknownPaths;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path that a profile knows.
 *
 * @param method none for any
 * @param segments {@code {id}} stands for one or more segments at the end, {@code **} for any number
 */
record Known(
        @Nullable String method,
        List<String> segments,
        String endpoint,
        Dialect dialect,
        Kind kind,
        String code,
        String reason) {

    enum Kind {
        METERED,
        FREE,
        FLAT,
        /** Refused whatever the setting says. */
        REFUSED,
        /** Follows the setting for unknown paths. */
        UNMETERED
    }

    static Known metered(String method, String template, Dialect dialect) {
        return of(method, template, dialect, Kind.METERED, "", "");
    }

    static Known free(String method, String template, Dialect dialect) {
        return of(method, template, dialect, Kind.FREE, "", "");
    }

    static Known flat(String template, Dialect dialect) {
        return of(null, template, dialect, Kind.FLAT, "", "");
    }

    static Known refused(String template, Dialect dialect, String code, String reason) {
        return of(null, template, dialect, Kind.REFUSED, code, reason);
    }

    static Known unmetered(String template, Dialect dialect, String reason) {
        return of(null, template, dialect, Kind.UNMETERED, "endpoint_not_metered", reason);
    }

    boolean matches(String askedMethod, List<String> asked) {
        if (method != null && !method.equalsIgnoreCase(askedMethod)) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (segment.equals("**")) {
                return true;
            }
            if (i >= asked.size()) {
                return false;
            }
            if (segment.equals("{id}")) {
                return i == segments.size() - 1;
            }
            if (!segment.equalsIgnoreCase(asked.get(i))) {
                return false;
            }
        }
        return asked.size() == segments.size();
    }

    Route route(UnknownPaths unknownPaths, String askedMethod, UpstreamPath path) {
        String name = endpoint.endsWith("**") ? path.folded() : endpoint;
        return switch (kind) {
            case METERED -> new Route.Metered(dialect, name);
            case FREE -> new Route.Free(dialect, name);
            case FLAT -> new Route.Flat(dialect, name);
            case REFUSED -> refused(askedMethod, path, name);
            case UNMETERED ->
                switch (unknownPaths) {
                    case BLOCK -> refused(askedMethod, path, name);
                    case FLAT -> new Route.Flat(dialect, name);
                    case UNPRICED -> new Route.Unpriced(dialect, name);
                };
        };
    }

    private Route refused(String askedMethod, UpstreamPath path, String name) {
        return new Route.Refused(dialect, name, code, askedMethod + " " + path.shown() + ": " + reason);
    }

    private static Known of(
            @Nullable String method, String template, Dialect dialect, Kind kind, String code, String reason) {
        return new Known(method, List.of(template.substring(1).split("/")), template, dialect, kind, code, reason);
    }
}
