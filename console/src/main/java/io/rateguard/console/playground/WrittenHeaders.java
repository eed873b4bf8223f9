package io.rateguard.console.playground;

import io.rateguard.console.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Headers as a person writes them, one a line. */
final class WrittenHeaders {

    private static final int MOST = 20;
    private static final Pattern LINE =
            Pattern.compile("([A-Za-z0-9-]{1,100}):[ \\t]*([\\x21-\\x7e][\\x20-\\x7e]{0,999})");
    /** What the console or the connection says. */
    private static final Set<String> SET = Set.of(
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent");

    /** What proxies on the way say of whom a request comes from: rules for addresses believe it of some of them. */
    private static final Pattern WAY = Pattern.compile("forwarded|via|x-(forwarded|original|envoy)(-.*)?|x-host"
            + "|(.+-)?(client|connecting|originating|real|remote|user)-?(ip|addr)(v6)?");

    private WrittenHeaders() {}

    /** In the order of the lines. */
    static Map<String, String> read(String lines) {
        Map<String, String> headers = new LinkedHashMap<>();
        lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            var header = LINE.matcher(line);
            if (!header.matches()) {
                throw Problem.invalid("headers: a line of " + line.length()
                        + " characters (expected: name: value, such as X-RateGuard-Customer: acme)");
            }
            headers.put(allowed(header.group(1)), header.group(2));
        });
        if (headers.size() > MOST) {
            throw Problem.invalid("headers: " + headers.size() + " (expected: " + MOST + " at most)");
        }
        return headers;
    }

    private static String allowed(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (SET.contains(lowerCase)) {
            throw Problem.invalid("headers: " + name + " (expected: another one; this one is set for you)");
        }
        if (WAY.matcher(lowerCase).matches()) {
            throw Problem.invalid(
                    "headers: " + name + " (expected: another one; the request comes from the console, and says so)");
        }
        return name;
    }
}
