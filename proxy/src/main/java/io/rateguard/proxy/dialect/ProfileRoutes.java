package io.rateguard.proxy.dialect;

import io.rateguard.domain.api.KnownPath;
import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.UnknownPaths;
import io.rateguard.domain.api.UpstreamPath;
import java.util.List;
import java.util.Optional;

/**
 * What the paths of a profile are, the first match deciding.
 *
 * @param errors the dialect of errors on every path that the profile does not know
 */
record ProfileRoutes(Profile profile, Dialect errors, List<Known> known) {

    ProfileRoutes {
        known = List.copyOf(known);
    }

    Route find(UnknownPaths unknownPaths, String method, UpstreamPath path) {
        for (Known candidate : known) {
            Optional<String> named = candidate.match(method, path.segments());
            if (named.isPresent() && !(candidate.path().kind() == KnownPath.Kind.FREE && isMetered(path.segments()))) {
                return candidate.route(unknownPaths, method, path, named.get());
            }
        }
        Dialect dialect = dialectNear(path.segments());
        return switch (unknownPaths) {
            case FLAT -> new Route.Flat(dialect, path.folded());
            case UNPRICED -> new Route.Unpriced(dialect, path.folded());
            case BLOCK ->
                new Route.Refused(
                        dialect,
                        path.folded(),
                        "unknown_path",
                        method + " " + path.shown() + ": not a path of profile " + profile.wireName()
                                + " that is metered (expected: a known path, or unknownPaths flat or unpriced)");
        };
    }

    /** Whether another method has the path metered, where an id of a free path would stand. */
    private boolean isMetered(List<String> segments) {
        return known.stream()
                .anyMatch(other -> other.path().kind() == KnownPath.Kind.METERED
                        && other.matchPath(segments).isPresent());
    }

    /** The dialect of the metered path that shares the longest beginning: its SDK is the likely caller. */
    private Dialect dialectNear(List<String> segments) {
        Dialect nearest = errors;
        int longest = 0;
        for (Known candidate : known) {
            int shared = shared(candidate.segments(), segments);
            if (candidate.path().kind() == KnownPath.Kind.METERED && shared > longest) {
                nearest = candidate.dialect();
                longest = shared;
            }
        }
        return nearest;
    }

    private static int shared(List<String> one, List<String> other) {
        int i = 0;
        while (i < one.size() && i < other.size() && one.get(i).equals(other.get(i))) {
            i++;
        }
        return i;
    }
}
