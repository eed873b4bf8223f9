package io.rateguard.console.apis;

import io.rateguard.domain.api.Profile;
import java.util.ArrayList;
import java.util.List;

/** The curl line that makes a request of an API through the proxy. */
public final class FirstRequest {

    private FirstRequest() {}

    /** With the key left to the shell. */
    public static String curl(String proxyUrl, String slug, Profile profile) {
        return curl(proxyUrl, slug, profile, "$RATEGUARD_KEY");
    }

    /** With a key that is known: works as it stands. */
    public static String curl(String proxyUrl, String slug, Profile profile, String key) {
        SampleRequest sample = SampleRequest.of(profile);
        List<String> parts = new ArrayList<>();
        parts.add("curl " + proxyUrl + "/proxy/" + slug + sample.path());
        parts.add(header(sample.keyHeader().formatted(key)));
        sample.headers().forEach((name, value) -> parts.add(header(name + ": " + value)));
        if (sample.body() != null) {
            parts.add(header("Content-Type: application/json"));
            parts.add("-d '" + sample.body() + "'");
        }
        return String.join(" \\\n  ", parts);
    }

    private static String header(String text) {
        return "-H \"" + text + "\"";
    }
}
