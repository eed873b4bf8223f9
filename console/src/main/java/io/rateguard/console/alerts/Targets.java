package io.rateguard.console.alerts;

import io.rateguard.console.problem.Problem;
import io.rateguard.console.rest.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks where channels lead. No complaint repeats a webhook's address: whoever has it can write there. */
final class Targets {

    private static final int MOST_ADDRESSES = 50;
    private static final int LONGEST_URL = 2_048;
    private static final int HIGHEST_PORT = 65_535;
    private static final int SHORTEST_SECRET = 16;
    private static final int LONGEST_SECRET = 256;

    private Targets() {}

    static List<String> addresses(NewChannel.@Nullable Target target) {
        List<String> to = Fields.require("target.to", target == null ? null : target.to());
        Set<String> addresses = new LinkedHashSet<>();
        for (@Nullable String each : to) {
            addresses.add(Fields.requireEmail("target.to", each == null ? "" : each));
        }
        if (addresses.isEmpty() || addresses.size() > MOST_ADDRESSES) {
            throw Problem.invalid(
                    "target.to: " + addresses.size() + " addresses (expected: 1 to " + MOST_ADDRESSES + ")");
        }
        return List.copyOf(addresses);
    }

    /** Owners are found when a message is sent. */
    static void requireNone(NewChannel.@Nullable Target target) {
        if (target != null && !target.equals(new NewChannel.Target(null, null, null, null))) {
            throw Problem.invalid("target: " + target + " (expected: absent or empty for owners)");
        }
    }

    static URI webhook(NewChannel.@Nullable Target target) {
        return address("target.webhookUrl", target == null ? null : target.webhookUrl());
    }

    static URI url(NewChannel.@Nullable Target target) {
        return address("target.url", target == null ? null : target.url());
    }

    /** What signs messages to a webhook: long enough that nobody guesses it. */
    static String secret(NewChannel.@Nullable Target target) {
        String secret = Fields.require("target.secret", target == null ? null : target.secret());
        if (secret.length() < SHORTEST_SECRET || secret.length() > LONGEST_SECRET) {
            throw Problem.invalid("target.secret: " + secret.length() + " characters (expected: " + SHORTEST_SECRET
                    + " to " + LONGEST_SECRET + ")");
        }
        return secret;
    }

    /** Names are not looked up here: the alerts service asks the guard when it connects. */
    private static URI address(String field, @Nullable String wanted) {
        String text = Fields.require(field, wanted).strip();
        try {
            URI url = new URI(text);
            boolean http = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (http
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && text.length() <= LONGEST_URL
                    && url.getPort() <= HIGHEST_PORT) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            // Said below, without the text.
        }
        throw Problem.invalid(field + ": no webhook (expected: https:// or http://, a host, no user, a port up to "
                + HIGHEST_PORT + ", at most " + LONGEST_URL + " characters)");
    }
}
