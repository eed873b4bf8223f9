package io.rateguard.proxy.dialect;

import io.rateguard.domain.api.Profile;
import io.rateguard.domain.api.UnknownPaths;
import java.util.ArrayList;
import java.util.List;

/**
 * The paths that a profile knows, the first match deciding.
 *
 * @param errors the dialect of errors on every other path
 */
record ProfilePaths(Dialect errors, List<Known> known) {

    ProfilePaths {
        known = List.copyOf(known);
    }

    static ProfilePaths of(Dialect errors, ProfilePaths... parts) {
        List<Known> all = new ArrayList<>();
        for (ProfilePaths part : parts) {
            all.addAll(part.known);
        }
        return new ProfilePaths(errors, all);
    }

    ProfilePaths with(Known more) {
        List<Known> all = new ArrayList<>(known);
        all.add(more);
        return new ProfilePaths(errors, all);
    }

    Route find(Profile profile, UnknownPaths unknownPaths, String method, UpstreamPath path) {
        for (Known candidate : known) {
            if (candidate.matches(method, path.segments())) {
                return candidate.route(unknownPaths, method, path);
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

    /** The dialect of the metered path that shares the longest beginning: its SDK is the likely caller. */
    private Dialect dialectNear(List<String> segments) {
        Dialect nearest = errors;
        int longest = 0;
        for (Known candidate : known) {
            int shared = shared(candidate.segments(), segments);
            if (candidate.kind() == Known.Kind.METERED && shared > longest) {
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
