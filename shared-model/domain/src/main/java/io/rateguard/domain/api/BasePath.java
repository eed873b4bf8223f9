package io.rateguard.domain.api;

import java.net.URI;
import java.util.List;

/**
 * The path of an API's base URL: how the paths of its callers, of its upstream and of its profile belong together.
 *
 * @param path without a slash at its end; empty for none
 */
public record BasePath(Profile profile, String path) {

    public static BasePath of(Profile profile, URI baseUrl) {
        String path = baseUrl.getRawPath();
        if (path == null || path.isEmpty()) {
            return new BasePath(profile, "");
        }
        return new BasePath(profile, path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    /** The whole path at the upstream: with the profile's root, where neither this nor the caller's path has one. */
    public String upstream(String callersPath) {
        String root = root();
        if (!root.isEmpty()) {
            return path + (isUnder(callersPath, root) ? callersPath.substring(root.length()) : callersPath);
        }
        List<String> roots = profile.roots();
        boolean rooted = roots.isEmpty() || roots.stream().anyMatch(known -> isUnder(callersPath, known));
        return rooted ? path + callersPath : path + roots.getFirst() + callersPath;
    }

    /** The path as the profile knows it: what stands before the root belongs to the address. */
    public String routed(String upstreamPath) {
        return upstreamPath.substring(address().length());
    }

    /**
     * Patterns of the upstream paths that are let through where unknown ones are blocked: {@code *} for a segment, {@code
     * **} for any number.
     */
    public List<String> known() {
        return KnownPaths.of(profile).stream()
                .filter(KnownPath::passes)
                .map(known -> address() + known.pattern())
                .distinct()
                .toList();
    }

    private String address() {
        return path.substring(0, path.length() - root().length());
    }

    /** The root that this ends with; empty for none. */
    private String root() {
        return profile.roots().stream().filter(path::endsWith).findFirst().orElse("");
    }

    private static boolean isUnder(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
